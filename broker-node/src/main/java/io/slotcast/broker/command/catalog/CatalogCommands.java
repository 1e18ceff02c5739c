package io.slotcast.broker.command.catalog;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import java.util.List;

/** COMMAND with its subcommands. */
public final class CatalogCommands {
  private static final CommandSpec COMMAND =
      CommandSpec.command("command", -1)
          .flags(LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .tips("nondeterministic_output_order")
          .doc("server", "2.8.13", "Describes all commands.")
          .complexity("O(N) where N is the total number of commands")
          .build();

  private CatalogCommands() {}

  public static List<Command> all() {
    return List.of(
        new ContainerCommand(
            COMMAND,
            List.of(
                new CommandCount(),
                new CommandDocs(),
                new CommandGetKeys(),
                new CommandGetKeysAndFlags(),
                new CommandInfo(),
                new CommandList()),
            CatalogCommands::describeAll));
  }

  private static void describeAll(Call call) {
    CommandInfoReply reply = new CommandInfoReply(call.reply());
    call.reply().array(call.commands().all().size());
    call.commands().all().forEach(reply::command);
  }
}
