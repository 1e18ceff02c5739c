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
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/** SISMEMBER key member: 1 or 0. */
final class SetIsMember implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("sismember", 3)
          .flags(CommandFlag.READONLY, CommandFlag.FAST)
          .categories(AclCategory.SET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("set", "1.0.0", "Tells whether a set has a member.")
          .arguments(Argument.key("key", 0), Argument.of("member", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().integer(answer(call, call.readKey(1, SetValue.class), 2));
  }

  /** 1 if the set has the member in argument {@code i}, else 0. */
  static int answer(Call call, @Nullable SetValue set, int i) {
    Request request = call.request();
    boolean isMember =
        set != null && set.contains(request.array(), request.offset(i), request.length(i));
    return isMember ? 1 : 0;
  }
}
