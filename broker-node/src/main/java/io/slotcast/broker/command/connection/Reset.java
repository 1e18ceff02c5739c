package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.ALLOW_BUSY;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.NO_AUTH;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** RESET: the connection becomes as it was when it was made. */
final class Reset implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("reset", 1)
          .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "6.2.0", "Resets all that the connection set.")
          .build();

  private final ClientRegistry clients;

  Reset(ClientRegistry clients) {
    this.clients = clients;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Client client = call.client();
    clients.endSubscriptions(client);
    client.transaction().discard();
    client.reset();
    call.useResp3(false);
    call.replyAloud();
    call.reply().simple("RESET");
  }
}
