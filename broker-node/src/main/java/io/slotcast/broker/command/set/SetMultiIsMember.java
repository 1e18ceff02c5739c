package io.slotcast.broker.command.set;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.set.SetValue;

/** SMISMEMBER key member [member …]: 1 or 0 for each. */
final class SetMultiIsMember implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("smismember", -3)
          .flags(CommandFlag.READONLY, CommandFlag.FAST)
          .categories(AclCategory.SET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("set", "6.2.0", "Tells which of several members a set has.")
          .complexity("O(N) where N is the number of elements being checked for membership")
          .arguments(Argument.key("key", 0), Argument.of("member", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    SetValue set = call.readKey(1, SetValue.class);
    call.reply().array(call.request().count() - 2L);
    for (int i = 2; i < call.request().count(); i++) {
      call.reply().integer(SetIsMember.answer(call, set, i));
    }
  }
}
