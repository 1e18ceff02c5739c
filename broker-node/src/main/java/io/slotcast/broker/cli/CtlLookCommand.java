package io.slotcast.broker.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.slotcast.broker.ctl.ClusterReport;
import io.slotcast.broker.ctl.NodeReport;
import io.slotcast.broker.report.TextTable;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands of ctl that look and change nothing. */
abstract class CtlLookCommand implements Callable<Integer> {
  /** The same for all: slots as ranges, nothing left out. */
  private static final Gson JSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .serializeNulls()
          .registerTypeAdapter(
              SlotSet.class,
              (JsonSerializer<SlotSet>) (slots, _, _) -> new JsonPrimitive(slots.toString()))
          .create();

  @Mixin private final CtlTarget target = new CtlTarget();

  @Option(names = "--json", description = "Prints all that is known, as JSON.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    ClusterReport report = target.open(_ -> {}).look();
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? JSON.toJson(report) + "\n" : text(report));
    out.flush();
    return exitCode(report);
  }

  abstract String text(ClusterReport report);

  int exitCode(ClusterReport report) {
    return ExitCode.OK;
  }

  /** {@code slotcast ctl status}. */
  @Command(
      name = "status",
      description = "Tells whether all is well, and what is not; then it ends with 1.",
      mixinStandardHelpOptions = true)
  static final class Status extends CtlLookCommand {
    @Override
    String text(ClusterReport report) {
      long primaries = report.nodes().stream().filter(node -> !node.slots().isEmpty()).count();
      long replicas = report.nodes().stream().filter(node -> !node.isPrimary()).count();
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %d of %d slots, %d primaries, %d replicas, topology %d%n",
              report.state(),
              report.assigned(),
              SlotHash.SLOTS,
              primaries,
              replicas,
              report.epoch()));
      report.problems().forEach(problem -> text.append(problem).append('\n'));
      return text.toString();
    }

    @Override
    int exitCode(ClusterReport report) {
      return report.problems().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /** {@code slotcast ctl nodes}. */
  @Command(
      name = "nodes",
      description = "Lists the nodes, each primary with its replicas behind it.",
      mixinStandardHelpOptions = true)
  static final class Nodes extends CtlLookCommand {
    private static final int SHORT_ID = 8;

    @Override
    String text(ClusterReport report) {
      TextTable table =
          new TextTable(
              "<id",
              "<address",
              "<role",
              "<health",
              "slots",
              "keys",
              "clients",
              "memory",
              "lag",
              "<up",
              "<version");
      for (NodeReport node : report.nodes()) {
        NodeReport.Own own = node.own();
        String slots = node.isPrimary() ? Integer.toString(node.slots().size()) : "";
        String id = node.id().substring(0, SHORT_ID);
        String role = node.isPrimary() ? "primary" : "  replica";
        if (own == null) {
          table.row(
              List.of(
                  id,
                  node.name(),
                  role,
                  node.failing() ? "failing" : "silent",
                  slots,
                  "",
                  "",
                  "",
                  "",
                  "",
                  ""));
        } else {
          table.row(
              List.of(
                  id,
                  node.name(),
                  role,
                  node.failing() ? "failing" : own.linkUp() ? "ok" : "cut off",
                  slots,
                  Long.toString(own.keys()),
                  Long.toString(own.clients()),
                  (own.memory() >> 20) + "M",
                  node.isPrimary() ? "" : Long.toString(report.lag(node)),
                  uptime(own.uptimeSeconds()),
                  own.version()));
        }
      }
      return table.toString();
    }

    private static String uptime(long seconds) {
      Duration up = Duration.ofSeconds(seconds);
      return up.toDays() > 0
          ? up.toDays() + "d " + up.toHoursPart() + "h"
          : up.toHours() > 0
              ? up.toHours() + "h " + up.toMinutesPart() + "m"
              : up.toMinutes() + "m " + up.toSecondsPart() + "s";
    }
  }

  /** {@code slotcast ctl slots}. */
  @Command(
      name = "slots",
      description = "Lists the ranges of slots with their owners.",
      mixinStandardHelpOptions = true)
  static final class Slots extends CtlLookCommand {
    @Override
    String text(ClusterReport report) {
      TextTable table = new TextTable("<slots", "count", "<primary", "<replicas");
      for (NodeReport node : report.nodes()) {
        String replicas =
            String.join(
                " ",
                report.nodes().stream()
                    .filter(other -> node.id().equals(other.primary()))
                    .map(NodeReport::name)
                    .toList());
        for (SlotRange range : node.slots().ranges()) {
          table.row(
              List.of(range.toString(), Integer.toString(range.size()), node.name(), replicas));
        }
      }
      return table.toString();
    }
  }
}
