package io.slotcast.broker.keyspace;

import java.util.concurrent.atomic.LongAdder;

/**
 * How much memory a node's keys take, about. It is counted from when somebody first wants to know,
 * since a command on a large value pays for it, and each key takes some 50 bytes more. Safe from
 * any thread.
 */
public final class KeyMemory {
  /** Of a value's elements, how many are measured each time it changes. */
  static final long SAMPLES = 5;

  private final LongAdder bytes = new LongAdder();
  private volatile boolean counted;

  /** Whether it is counted. */
  public boolean isCounted() {
    return counted;
  }

  void count() {
    counted = true;
  }

  void add(long more) {
    bytes.add(more);
  }

  /** Bytes; too few until all that was there when the counting began has been counted. */
  public long bytes() {
    return bytes.sum();
  }
}
