package io.slotcast.broker.command.catalog;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** COMMAND COUNT. */
final class CommandCount implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("count", 2)
          .flags(LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("server", "2.8.13", "Counts the commands.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().integer(call.commands().all().size());
  }
}
