package io.slotcast.broker.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What replies and messages have come in one run, and how late. For the load's thread. */
final class Arrivals {
  private static final int BUFFER = 256 * 1024;
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  /** Where sockets read into; empty between two of them. */
  final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  /** The same bytes on the heap. */
  final byte[] bytes = new byte[BUFFER];

  private final Histogram latency = new Histogram(LONGEST_NANOS, DIGITS);
  private long replies;
  private long messages;
  private long lastNanos = System.nanoTime();

  /** Reads once; returns how many bytes of {@link #bytes} it filled. */
  int readFrom(LoadSocket socket) throws BenchException {
    buffer.clear();
    int count = socket.read(buffer);
    if (count > 0) {
      buffer.flip();
      buffer.get(bytes, 0, count);
      lastNanos = System.nanoTime();
    }
    return count;
  }

  boolean wasFull(int count) {
    return count == BUFFER;
  }

  /** When the last bytes came. */
  long lastNanos() {
    return lastNanos;
  }

  void replied() {
    replies++;
  }

  void delivered(long dueNanos) {
    messages++;
    latency.recordValue(Math.clamp(lastNanos - dueNanos, 0, LONGEST_NANOS));
  }

  long replies() {
    return replies;
  }

  long messages() {
    return messages;
  }

  Histogram latency() {
    return latency;
  }
}
