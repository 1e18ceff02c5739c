package io.slotcast.membership.lease;

import io.slotcast.membership.register.LeaseBounds;
import io.slotcast.membership.register.LeaseNumber;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;

/**
 * The rules of leases that a mistake in would let two nodes serve one slot on a bad day only. They
 * are methods so that tests can put each known mistake in their place and see the simulation catch
 * it; {@link #RIGHT} is what runs.
 */
class LeaseRules {
  static final LeaseRules RIGHT = new LeaseRules();

  /** Rule 5b: whether a live grant binds the voter at all. */
  boolean binds(NodeId holder, SlotSet granted, Topology proposed) {
    return true;
  }

  /** Rule 10: whether a live grant goes on binding when the slot's next owner is granted one. */
  boolean keepsLiveGrants() {
    return true;
  }

  /** Rule 10: the epoch below which nothing is granted, by what was granted before. */
  long rememberedEpoch(long highestGranted) {
    return highestGranted;
  }

  /** Rule 10: whether a request of the same holder counts, by its number. */
  boolean supersedes(LeaseNumber asked, LeaseNumber recorded) {
    return asked.compareTo(recorded) >= 0;
  }

  /** Rule 11: when the holder's share of a lease begins. */
  long countedFrom(long sent, long received) {
    return sent;
  }

  /** Rule 11: how long it lasts. */
  long countedNanos(long length) {
    return LeaseBounds.withoutDrift(length, LeaseBounds.DRIFT_PERCENT);
  }

  /** Rule 12: whether a release drops a grant. */
  boolean releases(LeaseNumber released, LeaseNumber granted) {
    return granted.compareTo(released) <= 0;
  }
}
