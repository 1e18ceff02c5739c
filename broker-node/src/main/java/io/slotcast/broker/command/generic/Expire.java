package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.FAST;
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

/**
 * EXPIRE, PEXPIRE, EXPIREAT and PEXPIREAT key time [NX | XX | GT | LT]: sets when a key expires; a
 * time that is past removes it. Replies 1, or 0 where there is no such key or a condition on its
 * expiry does not hold.
 */
final class Expire implements Command {
  private final CommandSpec spec;
  private final long unitMillis;
  private final boolean fromNow;

  private Expire(
      CommandSpec.Builder builder, long unitMillis, boolean fromNow, String timeName, Type type) {
    this.unitMillis = unitMillis;
    this.fromNow = fromNow;
    this.spec =
        builder
            .flags(WRITE, FAST)
            .categories(AclCategory.KEYSPACE)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
            .arguments(
                Argument.key("key", 0),
                Argument.of(timeName, type),
                Argument.oneOf(
                        "condition",
                        Argument.token("nx"),
                        Argument.token("xx"),
                        Argument.token("gt"),
                        Argument.token("lt"))
                    .asOptional())
            .build();
  }

  static Expire expire() {
    return new Expire(
        CommandSpec.command("expire", -3)
            .doc("generic", "1.0.0", "Sets after how many seconds a key expires."),
        1000,
        true,
        "seconds",
        Type.INTEGER);
  }

  static Expire pexpire() {
    return new Expire(
        CommandSpec.command("pexpire", -3)
            .doc("generic", "2.6.0", "Sets after how many milliseconds a key expires."),
        1,
        true,
        "milliseconds",
        Type.INTEGER);
  }

  static Expire expireAt() {
    return new Expire(
        CommandSpec.command("expireat", -3)
            .doc("generic", "1.2.0", "Sets when a key expires, as Unix time in seconds."),
        1000,
        false,
        "unix-time-seconds",
        Type.UNIX_TIME);
  }

  static Expire pexpireAt() {
    return new Expire(
        CommandSpec.command("pexpireat", -3)
            .doc("generic", "2.6.0", "Sets when a key expires, as Unix time in milliseconds."),
        1,
        false,
        "unix-time-milliseconds",
        Type.UNIX_TIME);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    ExpireConditions conditions = ExpireConditions.of(call.request());
    long expiresAt = expiresAtMillis(call);
    Value value = call.findKey(1);
    if (value == null || !conditions.allow(value.expiresAtMillis(), expiresAt)) {
      call.reply().integer(0);
      return;
    }
    if (call.isOver(expiresAt)) {
      call.removeKey(1);
      call.effect(Words.DEL, call.request().bytes(1));
      call.changed(1, KeyEvent.DEL);
    } else {
      call.keys().expireAt(value, expiresAt);
      call.effect(Words.PEXPIREAT, call.request().bytes(1), Words.of(expiresAt));
      call.changed(1, KeyEvent.EXPIRE);
    }
    call.reply().integer(1);
  }

  private long expiresAtMillis(Call call) {
    long given = call.longArgument(2);
    if (given > Long.MAX_VALUE / unitMillis || given < Long.MIN_VALUE / unitMillis) {
      throw CommandException.invalidExpireTime(spec.name());
    }
    long base = fromNow ? call.nowMillis() : 0;
    long millis = given * unitMillis;
    if (millis > Long.MAX_VALUE - base) {
      throw CommandException.invalidExpireTime(spec.name());
    }
    return millis + base;
  }
}
