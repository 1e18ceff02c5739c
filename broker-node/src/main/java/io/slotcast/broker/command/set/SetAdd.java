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
import java.util.function.LongSupplier;

/** SADD key member [member …]: replies how many were new. */
final class SetAdd implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("sadd", -3)
          .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
          .categories(AclCategory.SET)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
          .doc("set", "1.0.0", "Adds members to a set.")
          .complexity(
              "O(1) for each element added, so O(N) to add N elements when the command is called with multiple arguments.")
          .arguments(Argument.key("key", 0), Argument.of("member", Type.STRING).asMultiple())
          .build();

  private final LongSupplier maxIntegers;

  SetAdd(LongSupplier maxIntegers) {
    this.maxIntegers = maxIntegers;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    SetValue set = call.findKey(1, SetValue.class);
    if (set == null) {
      set = new SetValue(maxIntegers.getAsLong());
      call.putKey(1, set);
    }
    int added = 0;
    for (int i = 2; i < request.count(); i++) {
      if (set.add(request.array(), request.offset(i), request.length(i))) {
        added++;
      }
    }
    if (added > 0) {
      call.changed(1, KeyEvent.SADD);
    }
    call.reply().integer(added);
  }
}
