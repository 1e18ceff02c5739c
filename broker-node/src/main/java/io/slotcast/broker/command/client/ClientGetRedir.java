package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** CLIENT GETREDIR: -1, since nothing is tracked. */
final class ClientGetRedir implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("getredir", 2)
          .flags(NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "6.0.0", "Tells where invalidations of the connection go.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().integer(-1);
  }
}
