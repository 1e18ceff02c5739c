package io.slotcast.broker.net;

/**
 * How long output may wait for company. While armed, a round of flushes follows the one before only
 * after {@code maxNanos}, so that each write carries more messages; replies never wait for it.
 *
 * <p>Whether waiting pays is tried out: one round in {@value #TRIAL_EVERY} waits, and if its writes
 * then carry at least {@value #WORTHWHILE} messages each, the gap is armed, until they carry fewer
 * again. A round after a pause longer than the gap never waits, so sparse traffic pays nothing.
 *
 * <p>Owned by one event loop, the length apart, which CONFIG SET may change.
 */
final class FlushGap {
  private static final int TRIAL_EVERY = 32;
  private static final double WORTHWHILE = 1.5;
  private static final double SMOOTHING = 1.0 / 8;

  private volatile long maxNanos;
  private boolean armed;
  private boolean trial;
  private int roundsSinceTrial;
  private double messagesPerWrite;
  private long lastRoundEnd;

  FlushGap(long maxNanos, long nowNanos) {
    this.maxNanos = maxNanos;
    this.lastRoundEnd = nowNanos;
  }

  /** Safe from any thread. */
  void resize(long nanos) {
    maxNanos = nanos;
  }

  boolean isArmed() {
    return armed;
  }

  boolean isOver(long now) {
    return currentNanos() == 0 || now - deadlineNanos() >= 0;
  }

  long deadlineNanos() {
    return lastRoundEnd + currentNanos();
  }

  private long currentNanos() {
    return armed || trial ? maxNanos : 0;
  }

  /** A round has ended that sent so many messages in so many writes. */
  void endRound(long now, long messages, int writes) {
    lastRoundEnd = now;
    if (writes == 0) {
      return;
    }
    double ratio = (double) messages / writes;
    if (armed) {
      messagesPerWrite += (ratio - messagesPerWrite) * SMOOTHING;
      armed = messagesPerWrite >= WORTHWHILE;
    } else if (trial) {
      trial = false;
      armed = ratio >= WORTHWHILE;
      messagesPerWrite = ratio;
    } else if (++roundsSinceTrial == TRIAL_EVERY) {
      roundsSinceTrial = 0;
      trial = true;
    }
  }
}
