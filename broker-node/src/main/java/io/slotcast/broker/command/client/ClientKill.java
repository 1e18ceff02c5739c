package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** CLIENT KILL address, or with filters that all must hold: then the reply is how many it met. */
final class ClientKill implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("kill", -3)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "2.4.0", "Closes connections.")
          .complexity("O(N) where N is the number of client connections")
          .arguments(
              Argument.oneOf(
                  "filter",
                  Argument.of("ip:port", Type.STRING),
                  Argument.oneOf(
                          "new-format",
                          Argument.of("client-id", Type.INTEGER).withToken("ID").asOptional(),
                          Argument.oneOf(
                                  "normal_master_slave_pubsub",
                                  Argument.token("NORMAL"),
                                  Argument.token("MASTER"),
                                  Argument.token("SLAVE"),
                                  Argument.token("REPLICA"),
                                  Argument.token("PUBSUB"))
                              .withToken("TYPE")
                              .asOptional(),
                          Argument.of("username", Type.STRING).withToken("USER").asOptional(),
                          Argument.of("ip:port", Type.STRING).withToken("ADDR").asOptional(),
                          Argument.of("ip:port", Type.STRING).withToken("LADDR").asOptional(),
                          Argument.of("yes/no", Type.STRING).withToken("SKIPME").asOptional(),
                          Argument.of("maxage", Type.INTEGER).withToken("MAXAGE").asOptional())
                      .asMultiple()))
          .build();

  private final ClientRegistry clients;

  ClientKill(ClientRegistry clients) {
    this.clients = clients;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    boolean oldForm = request.count() == 3;
    KillFilter filter = oldForm ? KillFilter.ofAddress(request.text(2)) : KillFilter.parse(request);
    int killed = 0;
    for (Client client : clients.all()) {
      if (filter.matches(client, call.client(), call.nowMillis())) {
        kill(client, call);
        killed++;
      }
    }
    if (!oldForm) {
      call.reply().integer(killed);
    } else if (killed > 0) {
      call.reply().ok();
    } else {
      throw new CommandException("ERR No such client");
    }
  }

  private static void kill(Client client, Call call) {
    if (client == call.client()) {
      client.connection().closeAfterReply();
    } else if (client.loop() == call.loop()) {
      client.kill();
    } else {
      client.loop().send(client::kill, call.loop());
    }
  }
}
