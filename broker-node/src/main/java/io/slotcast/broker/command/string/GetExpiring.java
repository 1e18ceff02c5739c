package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.FAST;
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

/**
 * GETEX key [EX s | PX ms | EXAT s | PXAT ms | PERSIST]: the string, or null, and then a change of
 * its expiry; an absolute time that is past removes the key.
 */
final class GetExpiring implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("getex", -2)
          .flags(WRITE, FAST)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.UPDATE))
          .doc("string", "6.2.0", "Returns the string of a key after setting when it expires.")
          .arguments(
              Argument.key("key", 0),
              Argument.oneOf(
                      "expiration",
                      Argument.of("seconds", Type.INTEGER).withToken("EX"),
                      Argument.of("milliseconds", Type.INTEGER).withToken("PX"),
                      Argument.of("unix-time-seconds", Type.UNIX_TIME).withToken("EXAT"),
                      Argument.of("unix-time-milliseconds", Type.UNIX_TIME).withToken("PXAT"),
                      Argument.token("persist"))
                  .asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StringOptions options = StringOptions.ofGet(call.request());
    StringValue value = call.readKey(1, StringValue.class);
    if (value == null) {
      call.reply().nil();
      return;
    }
    long expiresAt = options.expiresAtMillis(call, SPEC.name());
    call.reply().bulk(value.bytes());
    ExpiryForm form = options.expiry();
    boolean asked = form != null || (options.persist() && value.expires());
    if (!asked) {
      return;
    }
    if (form != null && form.isAbsolute() && call.isOver(expiresAt)) {
      call.removeKey(1);
      call.effect(Words.DEL, call.request().bytes(1));
      call.changed(1, KeyEvent.DEL);
    } else {
      call.keys().expireAt(value, expiresAt);
      recordExpiry(call, expiresAt);
      call.changed(1, expiresAt == Value.NEVER ? KeyEvent.PERSIST : KeyEvent.EXPIRE);
    }
  }

  private static void recordExpiry(Call call, long expiresAt) {
    byte[] key = call.request().bytes(1);
    if (expiresAt == Value.NEVER) {
      call.effect(Words.PERSIST, key);
    } else {
      call.effect(Words.PEXPIREAT, key, Words.of(expiresAt));
    }
  }
}
