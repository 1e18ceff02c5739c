package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;

/** SELECT index: a cluster has database 0 and no other. */
final class Select implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("select", 2)
          .flags(LOADING, STALE, FAST)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "1.0.0", "Selects a database, of which a cluster has only 0.")
          .arguments(Argument.of("index", Type.INTEGER))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (call.intArgument(1) != 0) {
      throw new CommandException("ERR SELECT is not allowed in cluster mode");
    }
    call.reply().ok();
  }
}
