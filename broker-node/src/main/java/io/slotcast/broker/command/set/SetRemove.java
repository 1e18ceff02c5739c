package io.slotcast.broker.command.set;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.resp.Request;

/** SREM key member [member …]: replies how many were there. */
final class SetRemove implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("srem", -3)
          .flags(CommandFlag.WRITE, CommandFlag.FAST)
          .categories(AclCategory.SET)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
          .doc("set", "1.0.0", "Removes members from a set.")
          .complexity("O(N) where N is the number of members to be removed.")
          .arguments(Argument.key("key", 0), Argument.of("member", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    SetValue set = call.findKey(1, SetValue.class);
    int removed = 0;
    for (int i = 2; set != null && i < request.count(); i++) {
      if (set.remove(request.array(), request.offset(i), request.length(i))) {
        removed++;
      }
    }
    if (set != null && removed > 0) {
      call.taken(1, KeyEvent.SREM, set.size() == 0);
    }
    call.reply().integer(removed);
  }
}
