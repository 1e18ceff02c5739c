package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandStatistics;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Percentiles of the time that each command took, in microseconds: upper bounds, exact to a factor
 * of two.
 */
final class LatencyStatsSection implements InfoSection {
  private final ServerConfig config;

  LatencyStatsSection(ServerConfig config) {
    this.config = config;
  }

  @Override
  public String title() {
    return "Latencystats";
  }

  @Override
  public Shown shown() {
    return Shown.WITH_ALL;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    if (!config.get(Directives.LATENCY_TRACKING)) {
      return;
    }
    List<Double> percentiles = config.get(Directives.LATENCY_TRACKING_INFO_PERCENTILES);
    CommandsSeen.forEach(
        call.commands(),
        (command, statistics) -> {
          long[] histogram = statistics.histogram();
          if (LongStream.of(histogram).sum() > 0) {
            lines.field(
                "latency_percentiles_usec_" + command.fullName(),
                percentiles.stream()
                    .map(percentile -> shown(percentile, histogram))
                    .collect(Collectors.joining(",")));
          }
        });
  }

  private static String shown(double percentile, long[] histogram) {
    String name =
        percentile == Math.rint(percentile)
            ? Long.toString((long) percentile)
            : Double.toString(percentile);
    double micros = CommandStatistics.percentileNanos(histogram, percentile) / 1000.0;
    return "p" + name + "=" + InfoLines.decimal(micros, 3);
  }
}
