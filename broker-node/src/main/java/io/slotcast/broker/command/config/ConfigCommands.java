package io.slotcast.broker.command.config;

import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.config.ServerConfig;
import java.util.List;

/** CONFIG with its subcommands. */
public final class ConfigCommands {
  private static final CommandSpec CONFIG =
      CommandSpec.command("config", -2)
          .doc("server", "2.0.0", "A container for commands about the configuration.")
          .complexity("Depends on subcommand.")
          .build();

  private ConfigCommands() {}

  /**
   * @param resetStatistics what CONFIG RESETSTAT does beyond the commands' own statistics
   */
  public static List<Command> all(ServerConfig config, List<Runnable> resetStatistics) {
    return List.of(
        new ContainerCommand(
            CONFIG,
            List.of(
                new ConfigGet(config),
                new ConfigResetStat(resetStatistics),
                new ConfigRewrite(config),
                new ConfigSet(config))));
  }
}
