package io.slotcast.broker.net;

/**
 * How long deliveries wait for company. A round of deliveries follows the one before at once while
 * traffic is sparse; when rounds carried more than one message per write, the next one waits until
 * {@code maxNanos} have passed since the last, so that each write carries more.
 *
 * <p>Owned by one event loop, the length apart, which CONFIG SET may change.
 */
final class FlushGap {
  /** Messages per write, above which waiting pays; a smoothed average over some eight rounds. */
  private static final double WORTHWHILE = 1.5;

  private static final double SMOOTHING = 1.0 / 8;

  private volatile long maxNanos;
  private double messagesPerWrite;
  private long messages;
  private long lastRoundEnd = System.nanoTime();

  FlushGap(long maxNanos) {
    this.maxNanos = maxNanos;
  }

  /** Safe from any thread. */
  void resize(long nanos) {
    maxNanos = nanos;
  }

  void count(int delivered) {
    messages += delivered;
  }

  boolean isOver(long now) {
    return currentNanos() == 0 || now - deadlineNanos() >= 0;
  }

  long deadlineNanos() {
    return lastRoundEnd + currentNanos();
  }

  private long currentNanos() {
    return messagesPerWrite > WORTHWHILE ? maxNanos : 0;
  }

  void endRound(long now, int writes) {
    if (writes > 0) {
      double ratio = (double) messages / writes;
      messagesPerWrite += (ratio - messagesPerWrite) * SMOOTHING;
    }
    messages = 0;
    lastRoundEnd = now;
  }
}
