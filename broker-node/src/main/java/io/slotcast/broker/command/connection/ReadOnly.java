package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** READONLY: lets a connection read from a replica. */
final class ReadOnly implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("readonly", 1)
          .flags(LOADING, STALE, FAST)
          .categories(AclCategory.CONNECTION)
          .doc("cluster", "3.0.0", "Lets a connection read from a replica.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.client().readOnly(true);
    call.reply().ok();
  }
}
