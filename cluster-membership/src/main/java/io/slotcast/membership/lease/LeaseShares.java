package io.slotcast.membership.lease;

import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What one voter has granted, as its holder counts it: disjoint slot sets and the moment until
 * which each counts. One set, unless slots were stopped or won since. Owned by the control-plane
 * thread.
 */
final class LeaseShares {
  private List<Share> shares = new ArrayList<>();

  /** Slots, none empty, that count until {@code ends}. */
  record Share(SlotSet slots, long ends) {}

  List<Share> list() {
    return shares;
  }

  /** Each slot counts until the later of {@code ends} and what it had. */
  void add(SlotSet slots, long ends) {
    SlotSet fresh = slots;
    List<Share> kept = new ArrayList<>();
    for (Share share : shares) {
      if (share.ends() - ends >= 0) {
        kept.add(share);
        fresh = fresh.minus(share.slots());
      } else {
        keep(kept, share.slots().minus(slots), share.ends());
      }
    }
    keep(kept, fresh, ends);
    shares = kept;
  }

  void remove(SlotSet slots) {
    List<Share> kept = new ArrayList<>();
    for (Share share : shares) {
      keep(kept, share.slots().minus(slots), share.ends());
    }
    shares = kept;
  }

  /** Drops what no longer counts. */
  void forget(long now) {
    shares = new ArrayList<>(shares);
    shares.removeIf(share -> share.ends() - now <= 0);
  }

  /** Until when {@code slot} counts; empty if it does not. */
  OptionalLong endOf(int slot) {
    for (Share share : shares) {
      if (share.slots().contains(slot)) {
        return OptionalLong.of(share.ends());
      }
    }
    return OptionalLong.empty();
  }

  private static void keep(List<Share> kept, SlotSet slots, long ends) {
    if (!slots.isEmpty()) {
      kept.add(new Share(slots, ends));
    }
  }
}
