package io.slotcast.broker.bench;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one cell has shown.
 *
 * @param server name and version
 * @param nodes of the cluster, replicas included
 * @param seconds from the first message to the last thing that came
 * @param lost deliveries that were due and never came
 * @param latency from when a message was due to when it was read, in microseconds
 * @param serverCpuSeconds of all nodes; null where they do not run on this machine
 * @param frames sent from node to node for the messages
 * @param bytes of those; null where the server does not tell
 * @param predictedFrames for each message, by the model of docs/fanout-costs.md
 */
public record FanoutResult(
    String server,
    int nodes,
    FanoutCell cell,
    double seconds,
    long published,
    long delivered,
    long lost,
    Latency latency,
    @Nullable Double serverCpuSeconds,
    long frames,
    @Nullable Long bytes,
    double predictedFrames) {

  /** Percentiles, in microseconds. */
  public record Latency(double p50, double p99, double p999, double max) {
    private static final double NANOS = 1e3;

    static Latency of(Histogram nanos) {
      return new Latency(
          nanos.getValueAtPercentile(50) / NANOS,
          nanos.getValueAtPercentile(99) / NANOS,
          nanos.getValueAtPercentile(99.9) / NANOS,
          nanos.getMaxValue() / NANOS);
    }
  }

  public double publishesPerSecond() {
    return published / seconds;
  }

  public double deliveriesPerSecond() {
    return delivered / seconds;
  }

  /** Microseconds of server time; null where it is not known. */
  public @Nullable Double cpuPerPublish() {
    return serverCpuSeconds == null ? null : serverCpuSeconds * 1e6 / Math.max(published, 1);
  }

  /** Microseconds of server time; null where it is not known. */
  public @Nullable Double cpuPerDelivery() {
    return serverCpuSeconds == null ? null : serverCpuSeconds * 1e6 / Math.max(delivered, 1);
  }

  /** Messages from node to node for one that is published. */
  public double amplification() {
    return (double) frames / Math.max(published, 1);
  }

  public @Nullable Double bytesPerPublish() {
    return bytes == null ? null : (double) bytes / Math.max(published, 1);
  }
}
