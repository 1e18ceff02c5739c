package io.slotcast.broker.command.transaction;

import static io.slotcast.broker.command.CommandFlag.ALLOW_BUSY;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** UNWATCH: forgets the watched keys. */
final class Unwatch implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("unwatch", 1)
          .flags(NOSCRIPT, LOADING, STALE, FAST, ALLOW_BUSY)
          .categories(AclCategory.TRANSACTION)
          .doc("transactions", "2.2.0", "Forgets the watched keys.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.client().transaction().unwatch();
    call.reply().ok();
  }
}
