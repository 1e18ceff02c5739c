package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** CLIENT SETINFO LIB-NAME|LIB-VER value: says which library the client uses. */
final class ClientSetInfo implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("setinfo", 4)
          .flags(NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .tips("request_policy:all_nodes", "response_policy:all_succeeded")
          .doc("connection", "7.2.0", "Tells which client library is used.")
          .arguments(
              Argument.oneOf(
                  "attr",
                  Argument.of("libname", Type.STRING).withToken("LIB-NAME"),
                  Argument.of("libver", Type.STRING).withToken("LIB-VER")))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    Client client = call.client();
    if (request.is(2, "LIB-NAME")) {
      client.libraryName(ClientText.plain(request, 3, "lib-name"));
    } else if (request.is(2, "LIB-VER")) {
      client.libraryVersion(ClientText.plain(request, 3, "lib-ver"));
    } else {
      throw new CommandException("ERR Unrecognized option '" + request.text(2) + "'");
    }
    call.reply().ok();
  }
}
