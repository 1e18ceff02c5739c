package io.slotcast.broker.net;

/**
 * How long output may wait for company. While armed, a round of flushes follows the one before only
 * after {@code maxNanos}, so that each write carries more messages; replies never wait for it.
 *
 * <p>Whether waiting pays is tried out: one round in {@value #TRIAL_EVERY} waits, and if the writes
 * of such rounds carry, on average, as many messages as make it worthwhile, the gap is armed, until
 * they carry clearly fewer again. A round after a pause longer than the gap never waits, so sparse
 * traffic pays nothing.
 *
 * <p>Owned by one event loop, the length apart, which CONFIG SET may change.
 */
final class FlushGap {
  private static final int TRIAL_EVERY = 32;

  /** An armed gap stays for this share of what arms it, lest it come and go at the border. */
  private static final double STAYS_FOR = 0.9;

  private static final double SMOOTHING = 1.0 / 8;

  private final double worthwhile;
  private volatile long maxNanos;
  private boolean armed;
  private boolean trial;
  private int roundsSinceTrial;

  /** Of the rounds that waited: a running average. */
  private double messagesPerWrite;

  private long lastRoundEnd;

  /**
   * @param worthwhile from how many messages a write on waiting pays
   */
  FlushGap(long maxNanos, double worthwhile, long nowNanos) {
    this.maxNanos = maxNanos;
    this.worthwhile = worthwhile;
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
    if (armed || trial) {
      // Cut off, for a burst after a pause of the publishers says nothing of the rounds to come.
      double sample = Math.min((double) messages / writes, 2 * worthwhile);
      messagesPerWrite += (sample - messagesPerWrite) * SMOOTHING;
      armed = messagesPerWrite >= (armed ? worthwhile * STAYS_FOR : worthwhile);
      trial = false;
    } else if (++roundsSinceTrial == TRIAL_EVERY) {
      roundsSinceTrial = 0;
      trial = true;
    }
  }
}
