package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.Value;

/**
 * TTL, PTTL, EXPIRETIME and PEXPIRETIME key: how long a key still lives, or until when; -1 if it
 * has no expiry, -2 if it is not there. Seconds are rounded to the nearest.
 */
final class TimeToLive implements Command {
  private static final int NO_KEY = -2;
  private static final int NO_EXPIRY = -1;

  private final CommandSpec spec;
  private final boolean seconds;
  private final boolean absolute;

  private TimeToLive(CommandSpec.Builder builder, boolean seconds, boolean absolute) {
    this.seconds = seconds;
    this.absolute = absolute;
    this.spec =
        builder
            .flags(READONLY, FAST)
            .categories(AclCategory.KEYSPACE)
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .arguments(Argument.key("key", 0))
            .build();
  }

  static TimeToLive ttl() {
    return new TimeToLive(
        CommandSpec.command("ttl", 2)
            .tips("nondeterministic_output")
            .doc("generic", "1.0.0", "Tells how many seconds a key still lives."),
        true,
        false);
  }

  static TimeToLive pttl() {
    return new TimeToLive(
        CommandSpec.command("pttl", 2)
            .tips("nondeterministic_output")
            .doc("generic", "2.6.0", "Tells how many milliseconds a key still lives."),
        false,
        false);
  }

  static TimeToLive expireTime() {
    return new TimeToLive(
        CommandSpec.command("expiretime", 2)
            .doc("generic", "7.0.0", "Tells when a key expires, as Unix time in seconds."),
        true,
        true);
  }

  static TimeToLive pexpireTime() {
    return new TimeToLive(
        CommandSpec.command("pexpiretime", 2)
            .doc("generic", "7.0.0", "Tells when a key expires, as Unix time in milliseconds."),
        false,
        true);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Value value = call.lookAtKey(1);
    if (value == null) {
      call.reply().integer(NO_KEY);
    } else if (!value.expires()) {
      call.reply().integer(NO_EXPIRY);
    } else {
      long millis = value.expiresAtMillis() - (absolute ? 0 : call.nowMillis());
      long shown = Math.max(millis, 0);
      // As Redis rounds, overflow of the last half second included.
      call.reply().integer(seconds ? (shown + 500) / 1000 : shown);
    }
  }
}
