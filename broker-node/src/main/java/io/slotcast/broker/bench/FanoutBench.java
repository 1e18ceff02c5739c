package io.slotcast.broker.bench;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs cells on a cluster, one after the other.
 *
 * @param warmUp before each cell, on its connections; not measured
 * @param measured for each cell
 * @param cancelled asked all the time; a run that is cancelled ends early and counts
 */
public record FanoutBench(Duration warmUp, Duration measured, BooleanSupplier cancelled) {

  /**
   * @return null if the cluster does not offer the cell's mode
   * @throws BenchException if the cluster refuses a message or a connection is lost
   */
  public @Nullable FanoutResult run(TargetCluster cluster, FanoutCell cell) throws BenchException {
    if (!cluster.offers(cell.mode())) {
      return null;
    }
    cluster.use(cell.mode());
    FanoutLayout layout = new FanoutLayout(cluster, cell);
    try (FanoutLoad load = FanoutLoad.open(cluster, cell, layout)) {
      load.run(warmUp, cancelled);
      BusTraffic trafficBefore = cluster.traffic(cell.mode());
      double cpuBefore = cluster.cpuSeconds();
      FanoutLoad.Outcome outcome = load.run(measured, cancelled);
      double cpu = cluster.cpuSeconds() - cpuBefore;
      BusTraffic traffic = cluster.traffic(cell.mode()).since(trafficBefore);
      Arrivals arrivals = outcome.arrivals();
      return new FanoutResult(
          cluster.server(),
          cluster.size(),
          cell,
          outcome.nanos() / 1e9,
          outcome.published(),
          arrivals.messages(),
          outcome.published() * cell.subscribers() - arrivals.messages(),
          FanoutResult.Latency.of(arrivals.latency()),
          cluster.tellsCpu() ? cpu : null,
          traffic.frames(),
          orNull(traffic.bytes()),
          layout.predictedFrames());
    }
  }

  private static @Nullable Long orNull(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
