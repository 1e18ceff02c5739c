package io.slotcast.broker.command.catalog;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** COMMAND INFO [name …]: of all commands where no name is given. */
final class CommandInfo implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("info", -2)
          .flags(LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .tips("nondeterministic_output_order")
          .doc("server", "2.8.13", "Describes the named commands, or all.")
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
    CommandInfoReply reply = new CommandInfoReply(call.reply());
    if (request.count() == 2) {
      call.reply().array(call.commands().all().size());
      call.commands().all().forEach(reply::command);
      return;
    }
    call.reply().array(request.count() - 2L);
    for (int i = 2; i < request.count(); i++) {
      reply.command(call.commands().findFull(request.text(i)));
    }
  }
}
