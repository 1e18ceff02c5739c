package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.histogram;

import io.slotcast.broker.command.CommandStatistics;
import io.slotcast.broker.command.info.CommandsSeen;
import java.util.List;

/** What clients asked for. Commands that nobody has sent are left out. */
final class CommandMetrics {
  private static final List<String> BY_COMMAND = List.of("command");
  private static final double[] UPPER_BOUNDS = upperBounds();

  private CommandMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Commands",
        List.of(
            counter(
                "slotcast_requests_total",
                "Requests of clients, those refused and of unknown commands included.",
                node -> node.total(loop -> loop.commands)),
            histogram(
                "slotcast_command_duration_seconds",
                "Calls by command and by the time that they ran.",
                BY_COMMAND,
                CommandMetrics::durations),
            counter(
                "slotcast_command_failed_total",
                "Calls by command that ran and ended in an error.",
                BY_COMMAND,
                (node, into) ->
                    CommandsSeen.forEach(
                        node.commands(),
                        (command, statistics) ->
                            into.add(statistics.failedCalls(), command.fullName()))),
            counter(
                "slotcast_command_rejected_total",
                "Calls by command that never ran: redirected, not allowed, wrong arguments.",
                BY_COMMAND,
                (node, into) ->
                    CommandsSeen.forEach(
                        node.commands(),
                        (command, statistics) ->
                            into.add(statistics.rejectedCalls(), command.fullName()))),
            counter(
                "slotcast_error_replies_total",
                "Error replies by their code, such as MOVED.",
                List.of("code"),
                (node, into) ->
                    node.errors().byCode().forEach((code, count) -> into.add(count, code)))));
  }

  private static void durations(ObservedNode node, Samples into) {
    CommandsSeen.forEach(
        node.commands(),
        (command, statistics) ->
            into.addHistogram(
                UPPER_BOUNDS,
                statistics.histogram(),
                statistics.nanos() / 1e9,
                command.fullName()));
  }

  private static double[] upperBounds() {
    double[] bounds = new double[CommandStatistics.BUCKETS];
    for (int i = 0; i < bounds.length - 1; i++) {
      bounds[i] = CommandStatistics.upperBoundNanos(i) / 1e9;
    }
    bounds[bounds.length - 1] = Double.POSITIVE_INFINITY;
    return bounds;
  }
}
