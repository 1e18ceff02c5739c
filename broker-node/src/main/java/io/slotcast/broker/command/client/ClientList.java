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
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** CLIENT LIST [TYPE type] [ID id …]: a line for each client. */
final class ClientList implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("list", -2)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .tips("nondeterministic_output")
          .doc("connection", "2.4.0", "Lists the connections.")
          .complexity("O(N) where N is the number of client connections")
          .arguments(
              Argument.oneOf(
                      "normal_master_replica_pubsub",
                      Argument.token("NORMAL"),
                      Argument.token("MASTER"),
                      Argument.token("REPLICA"),
                      Argument.token("PUBSUB"))
                  .withToken("TYPE")
                  .asOptional(),
              Argument.block("id", Argument.of("client-id", Type.INTEGER).asMultiple())
                  .withToken("ID")
                  .asOptional())
          .build();

  private final ClientRegistry clients;

  ClientList(ClientRegistry clients) {
    this.clients = clients;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Predicate<Client> wanted = filter(call.request());
    String lines =
        clients.all().stream()
            .filter(wanted)
            .sorted(Comparator.comparingLong(Client::id))
            .map(client -> ClientLine.of(client, call.nowMillis()))
            .collect(Collectors.joining());
    call.reply().verbatim("txt", ClientText.bytes(lines));
  }

  private static Predicate<Client> filter(Request request) {
    if (request.count() == 2) {
      return client -> true;
    }
    if (request.count() == 4 && request.is(2, "TYPE")) {
      ClientClass only = ClientClass.named(request, 3);
      return client -> ClientClass.of(client) == only;
    }
    if (request.count() > 3 && request.is(2, "ID")) {
      Set<Long> ids = new HashSet<>();
      for (int i = 3; i < request.count(); i++) {
        if (!request.isLong(i)) {
          throw new CommandException("ERR Invalid client ID");
        }
        ids.add(request.toLong(i));
      }
      return client -> ids.contains(client.id());
    }
    throw CommandException.syntax();
  }
}
