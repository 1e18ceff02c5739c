package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.ASKING;
import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.keyspace.rdb.RdbException;
import io.slotcast.broker.resp.Request;

/**
 * RESTORE key ttl payload [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]: stores what DUMP
 * gave, here or on Redis. The time to live is in milliseconds, 0 for none; with ABSTTL it is the
 * time of the expiry itself.
 */
final class Restore implements Command {
  private final CommandSpec spec;
  private final DumpPayload payload;

  private Restore(CommandSpec spec, DumpPayload payload) {
    this.spec = spec;
    this.payload = payload;
  }

  static Restore restore(DumpPayload payload) {
    return new Restore(
        spec("restore").doc("generic", "2.6.0", "Stores a value that DUMP gave.").build(), payload);
  }

  /** As what MIGRATE sends: at home in a slot that is under way to this node. */
  static Restore restoreAsking(DumpPayload payload) {
    return new Restore(
        spec("restore-asking")
            .flags(ASKING)
            .doc("server", "3.0.0", "Stores a value that MIGRATE sends.")
            .build(),
        payload);
  }

  private static CommandSpec.Builder spec(String name) {
    return CommandSpec.command(name, -4)
        .flags(WRITE, DENYOOM)
        .categories(AclCategory.KEYSPACE, AclCategory.DANGEROUS)
        .keys(KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.UPDATE))
        .complexity(
            "O(1) to create the new key and additional O(N*M) to reconstruct the serialized value, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1). However for sorted set values the complexity is O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).")
        .arguments(
            Argument.key("key", 0),
            Argument.of("ttl", Type.INTEGER),
            Argument.of("serialized-value", Type.STRING),
            Argument.token("replace").asOptional(),
            Argument.token("absttl").asOptional(),
            Argument.of("seconds", Type.INTEGER).withToken("IDLETIME").asOptional(),
            Argument.of("frequency", Type.INTEGER).withToken("FREQ").asOptional());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    RestoreOptions options = RestoreOptions.of(call);
    Value before = call.findKey(1);
    if (before != null && !options.replace()) {
      throw new CommandException("BUSYKEY Target key name already exists.");
    }
    long expiresAt = expiresAtMillis(call, options);
    Value value = readValue(call.request());
    if (expiresAt != Value.NEVER && call.isOver(expiresAt)) {
      storeExpired(call);
    } else {
      store(call, value, expiresAt, options);
    }
    call.reply().ok();
  }

  private static long expiresAtMillis(Call call, RestoreOptions options) {
    long millis = call.longArgument(2);
    if (millis < 0) {
      throw new CommandException("ERR Invalid TTL value, must be >= 0");
    } else if (millis == 0) {
      return Value.NEVER;
    }
    // A sum beyond 64 bits is in the past, as in Redis.
    return options.absoluteTime() ? millis : millis + call.nowMillis();
  }

  private Value readValue(Request request) {
    byte[] array = request.array();
    int offset = request.offset(3);
    int length = request.length(3);
    if (!payload.isIntact(array, offset, length)) {
      throw new CommandException("ERR DUMP payload version or checksum are wrong");
    }
    try {
      return payload.read(array, offset, length);
    } catch (RdbException malformed) {
      throw new CommandException("ERR Bad data format");
    }
  }

  /** The key would expire at once: what was there goes, and nothing comes. */
  private static void storeExpired(Call call) {
    if (call.removeKey(1)) {
      call.effect(Words.DEL, call.request().bytes(1));
      call.changed(1, KeyEvent.DEL);
    }
  }

  private static void store(Call call, Value value, long expiresAt, RestoreOptions options) {
    call.putKey(1, value);
    if (expiresAt != Value.NEVER) {
      call.keys().expireAt(value, expiresAt);
      if (!options.absoluteTime()) {
        Request request = call.request();
        call.effect(
            Words.RESTORE,
            request.bytes(1),
            Words.of(expiresAt),
            request.bytes(3),
            Words.REPLACE,
            Words.ABSTTL);
      }
    }
    if (options.idleSeconds() != RestoreOptions.NOT_GIVEN) {
      call.keys().use().idleFor(value, options.idleSeconds(), call.nowMillis());
    } else if (options.frequency() != RestoreOptions.NOT_GIVEN) {
      call.keys().use().often(value, (int) options.frequency(), call.nowMillis());
    }
    call.changed(1, KeyEvent.RESTORE);
  }
}
