package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * SET key value [NX | XX] [GET] [EX s | PX ms | EXAT s | PXAT ms | KEEPTTL]: stores a string
 * whatever was there. Replies OK, or null where a condition does not hold; with GET always the
 * string before.
 */
final class Set implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("set", -3)
          .flags(WRITE, DENYOOM)
          .categories(AclCategory.STRING)
          .keys(
              KeySpec.one(
                  1,
                  KeySpec.Flag.RW,
                  KeySpec.Flag.ACCESS,
                  KeySpec.Flag.UPDATE,
                  KeySpec.Flag.VARIABLE_FLAGS))
          .doc("string", "1.0.0", "Stores a string under a key.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("value", Type.STRING),
              Argument.oneOf("condition", Argument.token("nx"), Argument.token("xx")).asOptional(),
              Argument.token("get").asOptional(),
              Argument.oneOf(
                      "expiration",
                      Argument.of("seconds", Type.INTEGER).withToken("EX"),
                      Argument.of("milliseconds", Type.INTEGER).withToken("PX"),
                      Argument.of("unix-time-seconds", Type.UNIX_TIME).withToken("EXAT"),
                      Argument.of("unix-time-milliseconds", Type.UNIX_TIME).withToken("PXAT"),
                      Argument.token("keepttl"))
                  .asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StringOptions options = StringOptions.ofSet(call.request());
    long expiresAt = options.expiresAtMillis(call, SPEC.name());
    if (options.get()) {
      Get.reply(call.readKey(1, StringValue.class), call.reply());
    }
    Value found = call.findKey(1);
    boolean allowed = options.allow(found != null);
    if (allowed) {
      long keptExpiry = found != null && options.keepExpiry() ? found.expiresAtMillis() : expiresAt;
      store(call, 1, found, 2, keptExpiry);
      if (options.expiry() != null) {
        recordStored(call, 2, expiresAt);
      }
    }
    if (options.get()) {
      return;
    }
    if (allowed) {
      call.reply().ok();
    } else {
      call.reply().nil();
    }
  }

  /** The effect of a SET whose expiry was given: as an absolute time. */
  static void recordStored(Call call, int valueArgument, long expiresAt) {
    byte[] key = call.request().bytes(1);
    byte[] value = call.request().bytes(valueArgument);
    if (expiresAt == Value.NEVER) {
      call.effect(Words.SET, key, value);
    } else {
      call.effect(Words.SET, key, value, Words.PXAT, Words.of(expiresAt));
    }
  }

  /**
   * Stores the string in argument {@code valueArgument} under the key in {@code keyArgument}.
   *
   * @param found what is there now
   * @param expiresAt in wall-clock milliseconds, or {@link Value#NEVER}
   */
  static void store(
      Call call, int keyArgument, @Nullable Value found, int valueArgument, long expiresAt) {
    Request request = call.request();
    byte[] array = request.array();
    int offset = request.offset(valueArgument);
    int length = request.length(valueArgument);
    StringValue value;
    if (found instanceof StringValue string) {
      value = string;
      value.set(array, offset, length);
    } else {
      value = StringValue.copyOf(array, offset, length);
      call.putKey(keyArgument, value);
    }
    if (value.expiresAtMillis() != expiresAt) {
      call.keys().expireAt(value, expiresAt);
    }
    call.changed(keyArgument, KeyEvent.SET);
    if (expiresAt != Value.NEVER) {
      call.happened(keyArgument, KeyEvent.EXPIRE);
    }
  }
}
