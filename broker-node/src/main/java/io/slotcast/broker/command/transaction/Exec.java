package io.slotcast.broker.command.transaction;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.SKIP_SLOWLOG;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;

/**
 * EXEC: runs what was queued since MULTI, all of it under its slot's lock; replies the array of
 * their replies, or null where a watched key has changed.
 */
final class Exec implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("exec", 1)
          .flags(NOSCRIPT, LOADING, STALE, SKIP_SLOWLOG)
          .categories(AclCategory.TRANSACTION)
          .doc("transactions", "1.2.0", "Runs the queued commands.")
          .complexity("Depends on commands in the transaction")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (!call.client().transaction().isOpen()) {
      throw new CommandException("ERR EXEC without MULTI");
    }
    call.client().runTransaction();
  }
}
