package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.PauseGate;

/** CLIENT UNPAUSE. */
final class ClientUnpause implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("unpause", 2)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "6.2.0", "Ends a pause.")
          .complexity("O(N) Where N is the number of paused clients")
          .build();

  private final PauseGate gate;

  ClientUnpause(PauseGate gate) {
    this.gate = gate;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    gate.unpause();
    call.reply().ok();
  }
}
