package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.hash.HashValue;
import java.util.function.Supplier;

/** HSETNX key field value: 1 if it did, else 0. */
final class HashSetIfAbsent implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hsetnx", 4)
          .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
          .doc("hash", "2.0.0", "Sets a field of a hash that does not have it.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("field", Type.STRING),
              Argument.of("value", Type.STRING))
          .build();

  private final Supplier<HashValue.Limits> limits;

  HashSetIfAbsent(Supplier<HashValue.Limits> limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    HashValue hash = call.findKey(1, HashValue.class);
    byte[] field = call.request().bytes(2);
    boolean absent = hash == null || hash.get(field) == null;
    if (absent) {
      HashSet.findOrCreate(call, limits).put(field, call.request().bytes(3));
      call.changed(1, KeyEvent.HSET);
    }
    call.reply().integer(absent ? 1 : 0);
  }
}
