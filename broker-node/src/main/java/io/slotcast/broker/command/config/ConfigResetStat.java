package io.slotcast.broker.command.config;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.RegisteredCommand;
import java.util.List;

/** CONFIG RESETSTAT: INFO counts from 0 again. */
final class ConfigResetStat implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("resetstat", 2)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .doc("server", "2.0.0", "Sets the counters of INFO to zero.")
          .build();

  private final List<Runnable> statistics;

  ConfigResetStat(List<Runnable> statistics) {
    this.statistics = statistics;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    statistics.forEach(Runnable::run);
    reset(call.commands());
    call.reply().ok();
  }

  private static void reset(CommandTable table) {
    for (RegisteredCommand command : table.all()) {
      command.statistics().reset();
      CommandTable subcommands = command.subcommands();
      if (subcommands != null) {
        reset(subcommands);
      }
    }
  }
}
