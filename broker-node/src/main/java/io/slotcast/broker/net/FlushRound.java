package io.slotcast.broker.net;

import java.util.ArrayList;

/**
 * The sockets of one kind that have output to send, and when they may: all of them together, at the
 * end of a turn, with a gap between two rounds. Owned by one event loop.
 */
final class FlushRound {
  private final FlushGap gap;
  private final ArrayList<Outlet> outlets = new ArrayList<>();
  private long messages;

  FlushRound(FlushGap gap) {
    this.gap = gap;
  }

  void add(Outlet outlet) {
    outlets.add(outlet);
  }

  /** Counts messages put into the outlets' output since the last round. */
  void count(int added) {
    messages += added;
  }

  /** When the round may begin; Long.MAX_VALUE if there is nothing to send. */
  long deadlineNanos() {
    return outlets.isEmpty() ? Long.MAX_VALUE : gap.deadlineNanos();
  }

  /** Sends everything, unless the gap is still open. */
  void flush() {
    if (outlets.isEmpty() || !gap.isOver(System.nanoTime())) {
      return;
    }
    int writes = 0;
    // Last first: the measured order; the outlets filled last are still in the cache.
    for (int i = outlets.size() - 1; i >= 0; i--) {
      writes += outlets.get(i).flushDeliveries() ? 1 : 0;
    }
    outlets.clear();
    gap.endRound(System.nanoTime(), messages, writes);
    messages = 0;
  }
}
