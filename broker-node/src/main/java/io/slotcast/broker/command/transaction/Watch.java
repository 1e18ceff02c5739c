package io.slotcast.broker.command.transaction;

import static io.slotcast.broker.command.CommandFlag.ALLOW_BUSY;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.Transaction;

/** WATCH key [key …]: the next EXEC runs nothing if one of the keys has changed by then. */
final class Watch implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("watch", -2)
          .flags(NOSCRIPT, LOADING, STALE, FAST, ALLOW_BUSY)
          .categories(AclCategory.TRANSACTION)
          .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RO))
          .doc(
              "transactions", "2.2.0", "Lets the next EXEC fail if one of the keys changes before.")
          .complexity("O(1) for every key.")
          .arguments(Argument.key("key", 0).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Transaction transaction = call.client().transaction();
    if (transaction.isOpen()) {
      throw new CommandException("ERR WATCH inside MULTI is not allowed");
    }
    if (!transaction.isOutdated()) {
      for (int i = 1; i < call.request().count(); i++) {
        transaction.watch(call.slot(), call.request().bytes(i), call.nowMillis());
      }
    }
    call.reply().ok();
  }
}
