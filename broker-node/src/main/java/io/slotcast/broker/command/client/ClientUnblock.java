package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** CLIENT UNBLOCK id [TIMEOUT|ERROR]: 0, since no command blocks yet. */
final class ClientUnblock implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("unblock", -3)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "5.0.0", "Ends the waiting of a client that is blocked.")
          .complexity("O(log N) where N is the number of client connections")
          .arguments(
              Argument.of("client-id", Type.INTEGER),
              Argument.oneOf("timeout_error", Argument.token("TIMEOUT"), Argument.token("ERROR"))
                  .asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() > 4) {
      throw CommandException.unknownSubcommand(request, "CLIENT");
    }
    if (request.count() == 4 && !request.is(3, "TIMEOUT") && !request.is(3, "ERROR")) {
      throw new CommandException("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    call.longArgument(2);
    call.reply().integer(0);
  }
}
