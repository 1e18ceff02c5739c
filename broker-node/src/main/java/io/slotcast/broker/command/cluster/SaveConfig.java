package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/**
 * CLUSTER SAVECONFIG: nothing to do, as what a node must not forget is durable before it acts on
 * it.
 */
final class SaveConfig implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("saveconfig", 2)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "3.0.0", "Has the node save what it knows of the cluster.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().ok();
  }
}
