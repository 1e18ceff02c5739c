package io.slotcast.broker.command.config;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.config.ConfigSetException;
import io.slotcast.broker.config.ServerConfig;

/** CONFIG REWRITE: writes what changed to the file that was read. */
final class ConfigRewrite implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("rewrite", 2)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .doc("server", "2.8.0", "Writes the configuration to its file.")
          .build();

  private final ServerConfig config;

  ConfigRewrite(ServerConfig config) {
    this.config = config;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    try {
      config.rewrite();
    } catch (ConfigSetException failed) {
      throw new CommandException(failed.text());
    }
    call.reply().ok();
  }
}
