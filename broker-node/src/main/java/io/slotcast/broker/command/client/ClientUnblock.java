package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.BlockedClient;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/**
 * CLIENT UNBLOCK id [TIMEOUT|ERROR]: ends the waiting of a client whose command waits for keys, as
 * if its time were over or with an error; replies 1, or 0 if it does not wait.
 */
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

  private final ClientRegistry clients;

  ClientUnblock(ClientRegistry clients) {
    this.clients = clients;
  }

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
    Client client = clients.find(call.longArgument(2));
    BlockedClient blocked = client == null ? null : client.blocked();
    boolean byError = request.count() == 4 && request.is(3, "ERROR");
    boolean ended =
        blocked != null
            && blocked.unblock(byError ? "UNBLOCKED client unblocked via CLIENT UNBLOCK" : null);
    call.reply().integer(ended ? 1 : 0);
  }
}
