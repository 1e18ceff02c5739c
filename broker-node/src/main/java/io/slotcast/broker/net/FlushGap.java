package io.slotcast.broker.net;

/**
 * How long output may wait for company. While the decision is to wait, a round of flushes follows
 * the one before only after {@code maxNanos}, so that each write carries more messages; replies
 * never wait for it. A round after a pause longer than the gap does not wait, so sparse traffic
 * pays nothing.
 *
 * <p>Owned by one event loop, the length apart, which CONFIG SET may change.
 */
final class FlushGap {
  private final GapDecision decision;
  private volatile long maxNanos;
  private long lastRoundEnd;

  FlushGap(long maxNanos, GapDecision decision, long nowNanos) {
    this.maxNanos = maxNanos;
    this.decision = decision;
    this.lastRoundEnd = nowNanos;
  }

  /** Safe from any thread. */
  void resize(long nanos) {
    maxNanos = nanos;
  }

  boolean isOver(long now) {
    return currentNanos() == 0 || now - deadlineNanos() >= 0;
  }

  long deadlineNanos() {
    return lastRoundEnd + currentNanos();
  }

  private long currentNanos() {
    return decision.waits() ? maxNanos : 0;
  }

  /** A round has ended that sent so many messages in so many writes. */
  void endRound(long now, long messages, int writes) {
    lastRoundEnd = now;
    if (writes > 0) {
      decision.roundEnded(now, messages, writes);
    }
  }
}
