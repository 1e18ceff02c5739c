package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.FAST;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** ASKING: the next command may use a slot that is being imported here. */
final class Asking implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("asking", 1)
          .flags(FAST)
          .categories(AclCategory.CONNECTION)
          .doc("cluster", "3.0.0", "Announces a command that was redirected by ASK.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.client().asking(true);
    call.reply().ok();
  }
}
