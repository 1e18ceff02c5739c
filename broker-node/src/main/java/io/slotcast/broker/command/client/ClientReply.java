package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** CLIENT REPLY ON|OFF|SKIP: only ON is answered. */
final class ClientReply implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("reply", 3)
          .flags(NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "3.2.0", "Turns replies to the connection on or off.")
          .arguments(
              Argument.oneOf(
                  "on_off_skip",
                  Argument.token("ON"),
                  Argument.token("OFF"),
                  Argument.token("SKIP")))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Client client = call.client();
    Request request = call.request();
    if (request.is(2, "ON")) {
      call.replyAloud();
      call.reply().ok();
    } else if (request.is(2, "OFF")) {
      client.replyMode(Client.ReplyMode.OFF);
    } else if (request.is(2, "SKIP")) {
      if (client.replyMode() != Client.ReplyMode.OFF) {
        client.replyMode(Client.ReplyMode.SKIP_NEXT);
      }
    } else {
      throw CommandException.syntax();
    }
  }
}
