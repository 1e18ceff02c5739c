package io.slotcast.broker.command.debug;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.PROTECTED;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** DEBUG subcommand [argument …], for those whom {@code enable-debug-command} lets. */
public final class Debug implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("debug", -2)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE, PROTECTED)
          .doc("server", "1.0.0", "A container for debugging commands.")
          .complexity("Depends on subcommand.")
          .build();

  private final Supplier<String> enabled;
  private final List<Subcommand> subcommands;

  /**
   * @param enabled {@code enable-debug-command}: no, yes, or local
   */
  public Debug(Supplier<String> enabled, DebugTools tools) {
    this.enabled = enabled;
    this.subcommands = tools.subcommands();
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    checkEnabled(call);
    Request request = call.request();
    if (request.count() == 2 && request.is(1, "HELP")) {
      help(call);
      return;
    }
    for (Subcommand subcommand : subcommands) {
      if (request.is(1, subcommand.name()) && subcommand.accepts(request.count())) {
        subcommand.action().accept(call);
        return;
      }
    }
    throw CommandException.unknownSubcommand(request, "DEBUG");
  }

  private void checkEnabled(Call call) {
    boolean isEnabled =
        switch (enabled.get()) {
          case "yes" -> true;
          case "local" ->
              call.client().connection().remoteAddress() instanceof InetSocketAddress address
                  && address.getAddress() != null
                  && address.getAddress().isLoopbackAddress();
          default -> false;
        };
    if (!isEnabled) {
      throw new CommandException(
          "ERR DEBUG command not allowed. If the enable-debug-command option is set to \"local\","
              + " you can run it from a local connection, otherwise you need to set this option in"
              + " the configuration file, and then restart the server.");
    }
  }

  private void help(Call call) {
    List<String> lines = new ArrayList<>();
    lines.add("DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    for (Subcommand subcommand : subcommands) {
      lines.add((subcommand.name() + " " + subcommand.syntax()).strip());
      lines.add("    " + subcommand.help());
    }
    lines.add("HELP");
    lines.add("    Print this help.");
    call.reply().array(lines.size());
    lines.forEach(call.reply()::simple);
  }
}
