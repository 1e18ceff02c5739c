package io.slotcast.membership.lease;

import io.slotcast.membership.lease.LeaseShares.Share;
import io.slotcast.membership.register.Voters;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Until when a node may serve which of its slots: an immutable snapshot that event loops read. */
final class Served {
  static final Served NOTHING = new Served(List.of());

  /**
   * Disjoint slot sets, each with the moment until which a majority of each voter set counts; one
   * where all slots are under the same leases, so that a look-up is two array reads.
   */
  private final Share[] parts;

  private Served(List<Share> parts) {
    this.parts = parts.toArray(Share[]::new);
  }

  boolean holds(int slot, long now) {
    for (Share part : parts) {
      if (part.slots().contains(slot)) {
        return part.ends() - now > 0;
      }
    }
    return false;
  }

  SlotSet slotsAt(long now) {
    SlotSet slots = SlotSet.empty();
    for (Share part : parts) {
      slots = part.ends() - now > 0 ? slots.union(part.slots()) : slots;
    }
    return slots;
  }

  /** What {@code mine} is served for, by the shares that each voter granted. */
  static Served of(SlotSet mine, Voters voters, Map<NodeId, LeaseShares> granted) {
    if (mine.isEmpty()) {
      return NOTHING;
    }
    List<Share> parts = new ArrayList<>();
    for (SlotSet slots : alike(mine, granted.values())) {
      int sample = slots.first();
      OptionalLong ends = endOf(sample, voters, granted);
      if (ends.isPresent()) {
        parts.add(new Share(slots, ends.getAsLong()));
      }
    }
    return new Served(parts);
  }

  /** Cuts {@code mine} into sets such that every voter has granted a set's slots alike. */
  private static List<SlotSet> alike(SlotSet mine, Collection<LeaseShares> granted) {
    List<SlotSet> sets = List.of(mine);
    for (LeaseShares shares : granted) {
      for (Share share : shares.list()) {
        List<SlotSet> cut = new ArrayList<>();
        for (SlotSet set : sets) {
          if (share.slots().containsAll(set) || !share.slots().intersects(set)) {
            cut.add(set);
          } else {
            cut.add(set.intersect(share.slots()));
            cut.add(set.minus(share.slots()));
          }
        }
        sets = cut;
      }
    }
    return sets;
  }

  /** Until when a majority of each voter set counts for {@code slot}; empty if none ever did. */
  private static OptionalLong endOf(int slot, Voters voters, Map<NodeId, LeaseShares> granted) {
    OptionalLong earliest = OptionalLong.empty();
    for (Set<NodeId> set : voters.sets()) {
      List<Long> ends = new ArrayList<>();
      for (NodeId voter : set) {
        LeaseShares shares = granted.get(voter);
        OptionalLong end = shares == null ? OptionalLong.empty() : shares.endOf(slot);
        end.ifPresent(ends::add);
      }
      if (ends.size() * 2 <= set.size()) {
        return OptionalLong.empty();
      }
      ends.sort((a, b) -> Long.signum(b - a));
      long end = ends.get(set.size() / 2);
      if (earliest.isEmpty() || end - earliest.getAsLong() < 0) {
        earliest = OptionalLong.of(end);
      }
    }
    return earliest;
  }
}
