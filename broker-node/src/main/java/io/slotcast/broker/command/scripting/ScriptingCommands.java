package io.slotcast.broker.command.scripting;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import java.util.List;

/** The scripting family, as far as it means something while nothing can be loaded. */
public final class ScriptingCommands {
  private static final CommandSpec FUNCTION =
      CommandSpec.command("function", -2)
          .doc("scripting", "7.0.0", "A container for commands about functions.")
          .complexity("Depends on subcommand.")
          .build();
  private static final CommandSpec SCRIPT =
      CommandSpec.command("script", -2)
          .doc("scripting", "2.6.0", "A container for commands about scripts.")
          .complexity("Depends on subcommand.")
          .build();

  private ScriptingCommands() {}

  public static List<Command> all() {
    return List.of(
        new ContainerCommand(
            FUNCTION,
            List.of(
                new FunctionDump(), new FunctionFlush(), new FunctionList(), new FunctionRestore()),
            AclCategory.SCRIPTING),
        new ContainerCommand(
            SCRIPT, List.of(new ScriptExists(), new ScriptFlush()), AclCategory.SCRIPTING));
  }
}
