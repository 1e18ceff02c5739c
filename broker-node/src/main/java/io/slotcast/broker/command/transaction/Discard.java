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

/** DISCARD: drops what was queued since MULTI, and forgets the watched keys. */
final class Discard implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("discard", 1)
          .flags(NOSCRIPT, LOADING, STALE, FAST, ALLOW_BUSY)
          .categories(AclCategory.TRANSACTION)
          .doc("transactions", "2.0.0", "Drops the queued commands.")
          .complexity("O(N), when N is the number of queued commands")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (!call.client().transaction().isOpen()) {
      throw new CommandException("ERR DISCARD without MULTI");
    }
    call.client().transaction().discard();
    call.reply().ok();
  }
}
