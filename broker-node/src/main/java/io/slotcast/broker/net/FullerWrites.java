package io.slotcast.broker.net;

/** Waits while that fills the writes. Owned by one event loop. */
final class FullerWrites implements GapDecision {
  private final GapTrials trials;

  /**
   * @param enough from how many messages a write on waiting pays
   */
  FullerWrites(double enough) {
    trials = new GapTrials(enough);
  }

  @Override
  public boolean waits() {
    return trials.isWorthwhile() || trials.isDue();
  }

  @Override
  public void roundEnded(long now, long messages, int writes) {
    trials.roundEnded(waits(), messages, writes);
  }
}
