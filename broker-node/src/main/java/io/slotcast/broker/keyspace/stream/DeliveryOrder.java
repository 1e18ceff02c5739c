package io.slotcast.broker.keyspace.stream;

import org.jspecify.annotations.Nullable;

/**
 * Pending entries of a group by the time of their last delivery, the longest ago first; among
 * equals by their coming. They are linked through themselves, so that the order costs an entry two
 * references.
 */
final class DeliveryOrder {
  private @Nullable PendingEntry first;
  private @Nullable PendingEntry last;

  @Nullable PendingEntry first() {
    return first;
  }

  /** The entry behind one that is here. */
  static @Nullable PendingEntry after(PendingEntry entry) {
    return entry.later;
  }

  /** Adds an entry at the end, whatever its time. */
  void append(PendingEntry entry) {
    link(last, entry, null);
  }

  /**
   * Adds an entry by its time. Deliveries come in the order of the clock, so its place is the end
   * or near it; XCLAIM may say another time, so it is looked for from both ends.
   */
  void insert(PendingEntry entry) {
    long time = entry.deliveredMillis();
    PendingEntry fromEnd = last;
    PendingEntry fromStart = first;
    while (fromEnd != null && fromStart != null && fromEnd.deliveredMillis() > time) {
      if (fromStart.deliveredMillis() > time) {
        link(fromStart.earlier, entry, fromStart);
        return;
      }
      fromStart = fromStart.later;
      fromEnd = fromEnd.earlier;
    }
    link(fromEnd, entry, fromEnd == null ? first : fromEnd.later);
  }

  private void link(
      @Nullable PendingEntry before, PendingEntry entry, @Nullable PendingEntry after) {
    entry.earlier = before;
    entry.later = after;
    if (before == null) {
      first = entry;
    } else {
      before.later = entry;
    }
    if (after == null) {
      last = entry;
    } else {
      after.earlier = entry;
    }
  }

  /** Removes an entry that is here. */
  void remove(PendingEntry entry) {
    PendingEntry before = entry.earlier;
    PendingEntry after = entry.later;
    if (before == null) {
      first = after;
    } else {
      before.later = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.earlier = before;
    }
    entry.earlier = null;
    entry.later = null;
  }
}
