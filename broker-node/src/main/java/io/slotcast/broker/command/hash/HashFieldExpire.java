package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * HEXPIRE, HPEXPIRE, HEXPIREAT and HPEXPIREAT key time [NX | XX | GT | LT] FIELDS count field
 * [field …]: sets when fields expire. Replies for each 1, or 2 where the time is past and the field
 * is removed, 0 where a condition does not hold, -2 where there is no such field.
 */
final class HashFieldExpire implements Command {
  private static final byte[] HPEXPIREAT = Words.of("HPEXPIREAT");
  private static final byte[] HDEL = Words.of("HDEL");
  private static final byte[] FIELDS = Words.of("FIELDS");

  /** As far into the future as Redis takes a time: some two thousand years. */
  private static final long LATEST_MILLIS = (1L << 46) - 1;

  private static final int NO_FIELD = -2;
  private static final int NOT_MET = 0;
  private static final int SET = 1;
  private static final int REMOVED = 2;

  private final CommandSpec spec;
  private final long unitMillis;
  private final boolean fromNow;

  private HashFieldExpire(
      String name, String summary, long unitMillis, boolean fromNow, String time, Type type) {
    this.unitMillis = unitMillis;
    this.fromNow = fromNow;
    this.spec =
        CommandSpec.command(name, -6)
            .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
            .categories(AclCategory.HASH)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
            .doc("hash", "7.4.0", summary)
            .complexity("O(N) where N is the number of specified fields")
            .arguments(
                Argument.key("key", 0),
                Argument.of(time, type),
                Argument.oneOf(
                        "condition",
                        Argument.token("nx"),
                        Argument.token("xx"),
                        Argument.token("gt"),
                        Argument.token("lt"))
                    .asOptional(),
                FieldsArgument.syntax())
            .build();
  }

  static HashFieldExpire hexpire() {
    return new HashFieldExpire(
        "hexpire",
        "Sets after how many seconds fields of a hash expire.",
        1000,
        true,
        "seconds",
        Type.INTEGER);
  }

  static HashFieldExpire hpexpire() {
    return new HashFieldExpire(
        "hpexpire",
        "Sets after how many milliseconds fields of a hash expire.",
        1,
        true,
        "milliseconds",
        Type.INTEGER);
  }

  static HashFieldExpire hexpireat() {
    return new HashFieldExpire(
        "hexpireat",
        "Sets when fields of a hash expire, as Unix time in seconds.",
        1000,
        false,
        "unix-time-seconds",
        Type.UNIX_TIME);
  }

  static HashFieldExpire hpexpireat() {
    return new HashFieldExpire(
        "hpexpireat",
        "Sets when fields of a hash expire, as Unix time in milliseconds.",
        1,
        false,
        "unix-time-milliseconds",
        Type.UNIX_TIME);
  }

  private enum Condition {
    NONE,
    NX,
    XX,
    GT,
    LT;

    /** Whether it lets a field's expiry, or {@link Value#NEVER}, become another. */
    boolean allows(long before, long millis) {
      boolean expires = before != Value.NEVER;
      return switch (this) {
        case NONE -> true;
        case NX -> !expires;
        case XX -> expires;
        case GT -> expires && millis > before;
        case LT -> !expires || millis < before;
      };
    }
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    HashValue hash = call.findKey(1, HashValue.class);
    long millis = expiresAtMillis(call);
    Condition condition = condition(request);
    int first =
        FieldsArgument.first(
            call,
            condition == Condition.NONE ? 3 : 4,
            "ERR Parameter `numFields` should be greater than 0");
    List<byte[]> set = new ArrayList<>();
    List<byte[]> removed = new ArrayList<>();
    call.reply().array(request.count() - first);
    for (int i = first; i < request.count(); i++) {
      byte[] field = request.bytes(i);
      int result = hash == null ? NO_FIELD : expire(call, hash, field, millis, condition);
      if (result == SET) {
        set.add(field);
      } else if (result == REMOVED) {
        removed.add(field);
      }
      call.reply().integer(result);
    }
    if (hash != null) {
      report(call, hash, millis, set, removed);
    }
  }

  private long expiresAtMillis(Call call) {
    long given = call.longArgument(2);
    if (given < 0) {
      throw new CommandException("ERR invalid expire time, must be >= 0");
    }
    long base = fromNow ? call.nowMillis() : 0;
    if (given > LATEST_MILLIS / unitMillis || given * unitMillis > LATEST_MILLIS - base) {
      throw CommandException.invalidExpireTime(spec.name());
    }
    return given * unitMillis + base;
  }

  private static Condition condition(Request request) {
    for (Condition condition : Condition.values()) {
      if (condition != Condition.NONE && request.is(3, condition.name())) {
        return condition;
      }
    }
    return Condition.NONE;
  }

  private static int expire(
      Call call, HashValue hash, byte[] field, long millis, Condition condition) {
    if (hash.get(field) == null) {
      return NO_FIELD;
    } else if (!condition.allows(hash.fieldExpiry(field), millis)) {
      return NOT_MET;
    } else if (call.isOver(millis)) {
      hash.remove(field, 0, field.length);
      return REMOVED;
    }
    hash.expireField(field, millis);
    return SET;
  }

  private static void report(
      Call call, HashValue hash, long millis, List<byte[]> set, List<byte[]> removed) {
    call.noEffect();
    byte[] key = call.request().bytes(1);
    if (!removed.isEmpty()) {
      call.effect(words(List.of(HDEL, key), removed));
    }
    if (!set.isEmpty()) {
      List<byte[]> head = List.of(HPEXPIREAT, key, Words.of(millis), FIELDS, Words.of(set.size()));
      call.effect(words(head, set));
      call.wakeKeyAt(1, hash.dueMillis());
      call.happened(1, KeyEvent.HEXPIRE);
    }
    if (!removed.isEmpty()) {
      call.happened(1, KeyEvent.HDEL);
    }
    if (hash.size() == 0) {
      call.removeKey(1);
      call.happened(1, KeyEvent.DEL);
    }
    if (!set.isEmpty() || !removed.isEmpty()) {
      call.changed(1);
    }
  }

  private static byte[][] words(List<byte[]> head, List<byte[]> fields) {
    List<byte[]> words = new ArrayList<>(head);
    words.addAll(fields);
    return words.toArray(byte[][]::new);
  }
}
