package io.slotcast.broker.command.catalog;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.RegisteredCommand;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;

/** COMMAND DOCS [name …]: names that are no commands are left out. */
final class CommandDocs implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("docs", -2)
          .flags(LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .tips("nondeterministic_output_order")
          .doc("server", "7.0.0", "Documents the named commands, or all.")
          .complexity("O(N) where N is the number of commands to look up")
          .arguments(Argument.of("command-name", Type.STRING).asOptional().asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    CommandDocsReply reply = new CommandDocsReply(call.reply());
    if (request.count() == 2) {
      reply.commands(call.commands().all());
      return;
    }
    List<RegisteredCommand> found = new ArrayList<>();
    for (int i = 2; i < request.count(); i++) {
      RegisteredCommand command = call.commands().findFull(request.text(i));
      if (command != null) {
        found.add(command);
      }
    }
    reply.commands(found);
  }
}
