package io.slotcast.broker.command.set;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.set.SetValue;

/** SCARD key: 0 where there is no key. */
final class SetCard implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("scard", 2)
          .flags(CommandFlag.READONLY, CommandFlag.FAST)
          .categories(AclCategory.SET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("set", "1.0.0", "Returns how many members a set has.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    SetValue set = call.readKey(1, SetValue.class);
    call.reply().integer(set == null ? 0 : set.size());
  }
}
