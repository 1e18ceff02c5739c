package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.hash.HashValue;

/** HLEN key: 0 where there is no key. */
final class HashLength implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hlen", 2)
          .flags(CommandFlag.READONLY, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("hash", "2.0.0", "Returns how many fields a hash has.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    HashValue hash = call.readKey(1, HashValue.class);
    call.reply().integer(hash == null ? 0 : hash.size());
  }
}
