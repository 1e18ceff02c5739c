package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;

/** CLIENT CACHING YES|NO: makes sense only with tracking, which is never on. */
final class ClientCaching implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("caching", 3)
          .flags(NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "6.0.0", "Tells whether to track the keys of the next command.")
          .arguments(Argument.oneOf("mode", Argument.token("YES"), Argument.token("NO")))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    throw new CommandException(
        "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
            + " OPTOUT mode enabled");
  }
}
