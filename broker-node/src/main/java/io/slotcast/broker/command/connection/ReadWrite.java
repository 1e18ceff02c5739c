package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** READWRITE: ends what READONLY began. */
final class ReadWrite implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("readwrite", 1)
          .flags(LOADING, STALE, FAST)
          .categories(AclCategory.CONNECTION)
          .doc("cluster", "3.0.0", "Ends what READONLY began.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.client().readOnly(false);
    call.reply().ok();
  }
}
