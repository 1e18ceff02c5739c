package io.slotcast.broker.command.info;

import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.LoopCounters;
import java.util.Arrays;
import java.util.List;

/**
 * What all loops have done since the node started or CONFIG RESETSTAT was said, and how fast they
 * do it. Safe from any thread.
 */
public final class Traffic {
  /** Rates are taken over so many samples. */
  private static final int SAMPLES = 4;

  /**
   * Totals of all loops.
   *
   * @param bytesIn from clients
   * @param bytesOut to clients
   */
  public record Counts(
      long connections, long commands, long bytesIn, long bytesOut, long writes, long limitHits) {
    private static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

    private Counts plus(LoopCounters loop) {
      return new Counts(
          connections + loop.connectionsAccepted,
          commands + loop.commands,
          bytesIn + loop.bytesIn,
          bytesOut + loop.bytesOut,
          writes + loop.socketWrites,
          limitHits + loop.outputLimitDisconnects);
    }

    private Counts minus(Counts other) {
      return new Counts(
          connections - other.connections,
          commands - other.commands,
          bytesIn - other.bytesIn,
          bytesOut - other.bytesOut,
          writes - other.writes,
          limitHits - other.limitHits);
    }
  }

  /** Per second. */
  public record Rates(double commands, double bytesIn, double bytesOut) {}

  private record Sample(long nanos, Counts counts) {}

  private final List<IoLoop> loops;
  private final Sample[] samples = new Sample[SAMPLES]; // guarded by this
  private int newest; // guarded by this
  private Counts before = Counts.ZERO; // guarded by this

  public Traffic(List<IoLoop> loops, long nowNanos) {
    this.loops = loops;
    Arrays.fill(samples, new Sample(nowNanos, Counts.ZERO));
  }

  private Counts total() {
    Counts total = Counts.ZERO;
    for (IoLoop loop : loops) {
      total = total.plus(loop.counters());
    }
    return total;
  }

  public synchronized Counts counts() {
    return total().minus(before);
  }

  /** Counts from 0 again. */
  public synchronized void reset() {
    before = total();
  }

  /** To be called once a second. */
  public synchronized void sample(long nowNanos) {
    newest = (newest + 1) % SAMPLES;
    samples[newest] = new Sample(nowNanos, total());
  }

  /** Over the last few seconds. */
  public synchronized Rates rates() {
    Sample last = samples[newest];
    Sample first = samples[(newest + 1) % SAMPLES];
    double seconds = (last.nanos - first.nanos) / 1e9;
    if (seconds <= 0) {
      return new Rates(0, 0, 0);
    }
    Counts done = last.counts.minus(first.counts);
    return new Rates(done.commands / seconds, done.bytesIn / seconds, done.bytesOut / seconds);
  }
}
