package io.slotcast.broker.keyspace;

import io.slotcast.router.SlotHash;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * For each slot, a time before which none of its keys expires: what tells the expiry cycle where to
 * look without taking a lock. A slot's time is written under that slot's lock and read by anyone.
 */
final class ExpirySchedule {
  /** The time of a slot in which no key expires. */
  static final long NEVER = Long.MAX_VALUE;

  private final AtomicLongArray dueMillis = new AtomicLongArray(SlotHash.SLOTS);

  /** See {@link #soonestMillis()}. */
  private final AtomicLong soonest = new AtomicLong(NEVER);

  ExpirySchedule() {
    for (int slot = 0; slot < SlotHash.SLOTS; slot++) {
      dueMillis.setPlain(slot, NEVER);
    }
  }

  long dueMillis(int slot) {
    return dueMillis.getOpaque(slot);
  }

  /**
   * The soonest of all slots' times, so that a cycle with nothing to do need not look at each of
   * them. A hint: two threads that lower it at once may leave the later time, so whoever goes by it
   * looks at all slots now and then all the same.
   */
  long soonestMillis() {
    return soonest.getOpaque();
  }

  /** For whoever is about to look at all slots: from now on only what is lowered counts. */
  void forgetSoonest() {
    soonest.setOpaque(NEVER);
  }

  void lowerSoonest(long millis) {
    if (millis < soonest.getOpaque()) {
      soonest.setOpaque(millis);
    }
  }

  /** Some key of the slot expires at that time. */
  void lower(int slot, long millis) {
    if (millis < dueMillis.getPlain(slot)) {
      dueMillis.setOpaque(slot, millis);
      lowerSoonest(millis);
    }
  }

  /** All keys of the slot were looked at: none expires before that time. */
  void replace(int slot, long millis) {
    dueMillis.setOpaque(slot, millis);
  }
}
