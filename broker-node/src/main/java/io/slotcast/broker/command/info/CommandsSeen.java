package io.slotcast.broker.command.info;

import io.slotcast.broker.command.CommandStatistics;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.RegisteredCommand;
import java.util.function.BiConsumer;

/** The commands that somebody has sent: INFO and the metrics show no others. */
public final class CommandsSeen {
  private CommandsSeen() {}

  public static void forEach(
      CommandTable table, BiConsumer<RegisteredCommand, CommandStatistics> action) {
    for (RegisteredCommand command : table.all()) {
      CommandStatistics statistics = command.statistics();
      if (statistics.calls() + statistics.rejectedCalls() > 0) {
        action.accept(command, statistics);
      }
      CommandTable subcommands = command.subcommands();
      if (subcommands != null) {
        forEach(subcommands, action);
      }
    }
  }
}
