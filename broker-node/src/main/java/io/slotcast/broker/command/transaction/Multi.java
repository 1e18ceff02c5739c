package io.slotcast.broker.command.transaction;

import static io.slotcast.broker.command.CommandFlag.ALLOW_BUSY;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;

/** MULTI: queues the commands that follow, until EXEC or DISCARD. */
final class Multi implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("multi", 1)
          .flags(NOSCRIPT, LOADING, STALE, FAST, ALLOW_BUSY)
          .categories(AclCategory.TRANSACTION)
          .doc("transactions", "1.2.0", "Begins to queue commands.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (call.client().transaction().isOpen()) {
      throw new CommandException("ERR MULTI calls can not be nested");
    }
    call.client().transaction().open();
    call.reply().ok();
  }
}
