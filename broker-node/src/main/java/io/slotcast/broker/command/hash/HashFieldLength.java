package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.hash.HashValue;

/** HSTRLEN key field: 0 where there is none. */
final class HashFieldLength implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hstrlen", 3)
          .flags(CommandFlag.READONLY, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("hash", "3.2.0", "Returns the length of the value of a field.")
          .arguments(Argument.key("key", 0), Argument.of("field", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    byte[] value = HashGet.find(call, call.readKey(1, HashValue.class), 2);
    call.reply().integer(value == null ? 0 : value.length);
  }
}
