package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** ECHO message. */
final class Echo implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("echo", 2)
          .flags(LOADING, STALE, FAST)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "1.0.0", "Answers the message that it was given.")
          .arguments(Argument.of("message", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    call.reply().bulk(request.array(), request.offset(1), request.length(1));
  }
}
