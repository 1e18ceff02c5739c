package io.slotcast.broker.command.server;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CommandStatistics;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.command.RegisteredCommand;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * LATENCY HISTOGRAM [command …]: for each command that has run, how many of its calls took at most
 * so many microseconds. A container's name stands for its subcommands; what is no command is left
 * out.
 */
final class LatencyHistogram implements Command {
  private static final CommandSpec LATENCY =
      CommandSpec.command("latency", -2)
          .doc("server", "2.8.13", "A container for commands about how long commands took.")
          .complexity("Depends on subcommand.")
          .build();

  private static final CommandSpec SPEC =
      CommandSpec.command("histogram", -2)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .tips("nondeterministic_output", "request_policy:all_nodes", "response_policy:special")
          .doc("server", "7.0.0", "Tells how long the calls of commands took, cumulatively.")
          .complexity(
              "O(N) where N is the number of commands with latency information being retrieved.")
          .arguments(Argument.of("command", Type.STRING).asOptional().asMultiple())
          .build();

  /** LATENCY, of which this is all that there is. */
  static Command container() {
    return new ContainerCommand(LATENCY, List.of(new LatencyHistogram()));
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    List<RegisteredCommand> found = new ArrayList<>();
    if (call.request().count() == 2) {
      addAll(call.commands(), found);
    }
    for (int i = 2; i < call.request().count(); i++) {
      add(named(call.commands(), call.request().text(i)), found);
    }
    call.reply().map(found.size());
    found.forEach(command -> write(command, call.reply()));
  }

  private static void addAll(CommandTable table, List<RegisteredCommand> found) {
    table.all().forEach(command -> add(command, found));
  }

  private static void add(@Nullable RegisteredCommand command, List<RegisteredCommand> found) {
    if (command == null) {
      return;
    }
    if (command.statistics().calls() > 0) {
      found.add(command);
    }
    CommandTable subcommands = command.subcommands();
    if (subcommands != null) {
      addAll(subcommands, found);
    }
  }

  private static @Nullable RegisteredCommand named(CommandTable table, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (RegisteredCommand command : table.all()) {
      CommandTable subcommands = command.subcommands();
      RegisteredCommand within = subcommands == null ? null : named(subcommands, wanted);
      if (command.fullName().equals(wanted)) {
        return command;
      } else if (within != null) {
        return within;
      }
    }
    return null;
  }

  private static void write(RegisteredCommand command, RespWriter reply) {
    long[] histogram = command.statistics().histogram();
    int filled = 0;
    long calls = 0;
    for (long count : histogram) {
      filled += count > 0 ? 1 : 0;
      calls += count;
    }
    reply.bulk(command.fullName());
    reply.map(2);
    reply.bulk("calls");
    reply.integer(calls);
    reply.bulk("histogram_usec");
    reply.map(filled);
    long upTo = 0;
    for (int i = 0; i < histogram.length; i++) {
      if (histogram[i] > 0) {
        upTo += histogram[i];
        reply.integer(TimeUnit.NANOSECONDS.toMicros(CommandStatistics.upperBoundNanos(i)));
        reply.integer(upTo);
      }
    }
  }
}
