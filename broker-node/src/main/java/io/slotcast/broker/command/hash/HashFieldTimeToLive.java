package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.resp.Request;

/**
 * HTTL, HPTTL, HEXPIRETIME and HPEXPIRETIME key FIELDS count field [field …]: when fields expire.
 * Replies for each -1 where it does not, -2 where there is no such field.
 */
final class HashFieldTimeToLive implements Command {
  private static final int NO_FIELD = -2;
  private static final int NO_EXPIRY = -1;

  private final CommandSpec spec;
  private final long unitMillis;
  private final boolean fromNow;

  private HashFieldTimeToLive(String name, String summary, long unitMillis, boolean fromNow) {
    this.unitMillis = unitMillis;
    this.fromNow = fromNow;
    this.spec =
        CommandSpec.command(name, -5)
            .flags(CommandFlag.READONLY, CommandFlag.FAST)
            .categories(AclCategory.HASH)
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("hash", "7.4.0", summary)
            .complexity("O(N) where N is the number of specified fields")
            .arguments(Argument.key("key", 0), FieldsArgument.syntax())
            .build();
  }

  static HashFieldTimeToLive httl() {
    return new HashFieldTimeToLive(
        "httl", "Tells in how many seconds fields of a hash expire.", 1000, true);
  }

  static HashFieldTimeToLive hpttl() {
    return new HashFieldTimeToLive(
        "hpttl", "Tells in how many milliseconds fields of a hash expire.", 1, true);
  }

  static HashFieldTimeToLive hexpiretime() {
    return new HashFieldTimeToLive(
        "hexpiretime", "Tells when fields of a hash expire, as Unix time in seconds.", 1000, false);
  }

  static HashFieldTimeToLive hpexpiretime() {
    return new HashFieldTimeToLive(
        "hpexpiretime",
        "Tells when fields of a hash expire, as Unix time in milliseconds.",
        1,
        false);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    HashValue hash = call.readKey(1, HashValue.class);
    int first = FieldsArgument.first(call, 2, "ERR Number of fields must be a positive integer");
    call.reply().array(request.count() - first);
    for (int i = first; i < request.count(); i++) {
      byte[] field = request.bytes(i);
      boolean isThere = hash != null && hash.get(field) != null;
      long millis = hash == null || !isThere ? Value.NEVER : hash.fieldExpiry(field);
      if (!isThere) {
        call.reply().integer(NO_FIELD);
      } else if (millis == Value.NEVER) {
        call.reply().integer(NO_EXPIRY);
      } else {
        long left = millis - (fromNow ? call.nowMillis() : 0);
        call.reply().integer((left + unitMillis - 1) / unitMillis);
      }
    }
  }
}
