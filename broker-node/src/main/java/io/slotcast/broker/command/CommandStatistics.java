package io.slotcast.broker.command;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** How often a command ran and how long it took; written by all loops, read by INFO and metrics. */
public final class CommandStatistics {
  /**
   * Bucket i counts calls below {@link #upperBoundNanos}: 1 µs, 2 µs … 1 s; the last all others.
   */
  public static final int BUCKETS = 22;

  private final LongAdder[] histogram = new LongAdder[BUCKETS];
  private final LongAdder nanos = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder failed = new LongAdder();

  CommandStatistics() {
    for (int i = 0; i < BUCKETS; i++) {
      histogram[i] = new LongAdder();
    }
  }

  void ran(long tookNanos) {
    nanos.add(tookNanos);
    int bucket = 54 - Long.numberOfLeadingZeros(tookNanos | 1023);
    histogram[Math.min(Math.max(bucket, 0), BUCKETS - 1)].increment();
  }

  void failed() {
    failed.increment();
  }

  void rejected() {
    rejected.increment();
  }

  /** Calls that ran, those that ended in an error included. */
  public long calls() {
    long calls = 0;
    for (LongAdder bucket : histogram) {
      calls += bucket.sum();
    }
    return calls;
  }

  public long nanos() {
    return nanos.sum();
  }

  /** Calls that never ran: wrong number of arguments, no rights, redirected. */
  public long rejectedCalls() {
    return rejected.sum();
  }

  /** Calls that ran and ended in an error. */
  public long failedCalls() {
    return failed.sum();
  }

  /** Calls by time; see {@link #BUCKETS}. */
  public long[] histogram() {
    long[] counts = new long[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] = histogram[i].sum();
    }
    return counts;
  }

  /** Calls in a bucket took less than this: 2^(bucket+10) nanoseconds. */
  public static long upperBoundNanos(int bucket) {
    return 1024L << bucket;
  }

  /**
   * The time within which so many percent of the calls ended: the upper bound of the bucket in
   * which that call is, in nanoseconds; 0 where there were none.
   */
  public static long percentileNanos(long[] histogram, double percentile) {
    long calls = LongStream.of(histogram).sum();
    long rank = Math.max((long) Math.ceil(calls * percentile / 100), 1);
    long seen = 0;
    for (int i = 0; i < histogram.length; i++) {
      seen += histogram[i];
      if (seen >= rank) {
        return upperBoundNanos(i);
      }
    }
    return 0;
  }

  public void reset() {
    nanos.reset();
    rejected.reset();
    failed.reset();
    for (LongAdder bucket : histogram) {
      bucket.reset();
    }
  }
}
