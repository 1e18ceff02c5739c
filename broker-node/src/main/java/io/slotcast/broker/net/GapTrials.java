package io.slotcast.broker.net;

/**
 * Whether waiting fills the writes, found out by trials: one round in {@value #EVERY} waits, if
 * none waits anyway, and what the writes of those that waited carry is averaged. What writes carry
 * without waiting says nothing: the gap feeds on itself. Owned by one event loop.
 */
final class GapTrials {
  static final int EVERY = 128;

  /** What is worthwhile stays so for this share of what made it so, lest it flicker. */
  private static final double STAYS_FOR = 0.75;

  private static final double SMOOTHING = 1.0 / 8;

  private final double enough;
  private boolean worthwhile;
  private boolean due;
  private int roundsSinceTrial;

  /** Of the rounds that waited: a running average. */
  private double messagesPerWrite;

  /**
   * @param enough from how many messages a write on waiting is worthwhile
   */
  GapTrials(double enough) {
    this.enough = enough;
  }

  /** Whether the next round is to wait as a trial. */
  boolean isDue() {
    return due;
  }

  /** Whether waiting fills the writes, by the trials up to now. */
  boolean isWorthwhile() {
    return worthwhile;
  }

  void roundEnded(boolean waited, long messages, int writes) {
    if (!waited) {
      due = ++roundsSinceTrial % EVERY == 0;
      return;
    }
    due = false;
    // Cut off, for a burst after a pause of the publishers says nothing of the rounds to come.
    double sample = Math.min((double) messages / writes, 2 * enough);
    messagesPerWrite += (sample - messagesPerWrite) * SMOOTHING;
    worthwhile = messagesPerWrite >= (worthwhile ? enough * STAYS_FOR : enough);
  }
}
