package io.slotcast.broker.command.server;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.Monitors;

/** MONITOR: from now on the connection is told of every command that this node runs. */
final class Monitor implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("monitor", 1)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .doc("server", "1.0.0", "Shows every command that this node runs, as it runs.")
          .build();

  private final Monitors monitors;

  Monitor(Monitors monitors) {
    this.monitors = monitors;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (call.isInTransaction()) {
      throw new CommandException("ERR MONITOR isn't allowed for DENY BLOCKING client");
    }
    if (call.client().isMonitor()) {
      // As in Redis: who monitors already gets no reply.
      return;
    }
    call.reply().ok();
    monitors.add(call.client());
    call.client().monitor(monitors);
  }
}
