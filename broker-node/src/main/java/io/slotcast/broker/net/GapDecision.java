package io.slotcast.broker.net;

/** Decides whether output waits for company, by what the rounds before carried. */
interface GapDecision {
  /** Whether the next round waits. */
  boolean waits();

  /**
   * A round has ended.
   *
   * @param now in nanoseconds, of {@link System#nanoTime}
   * @param messages how many it sent
   * @param writes in how many writes, at least 1
   */
  void roundEnded(long now, long messages, int writes);
}
