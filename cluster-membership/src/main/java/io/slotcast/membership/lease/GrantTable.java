package io.slotcast.membership.lease;

import io.slotcast.membership.register.GrantedSlots;
import io.slotcast.membership.register.LeaseNumber;
import io.slotcast.membership.register.LiveGrant;
import io.slotcast.membership.register.Message.LeaseGranted;
import io.slotcast.membership.register.Message.LeaseRefused;
import io.slotcast.membership.register.Message.LeaseReleased;
import io.slotcast.membership.register.Message.LeaseRequest;
import io.slotcast.membership.register.Outbox;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A voter's memory of the leases that it granted: slot by slot to whom, under which number and
 * until when (rule 10). Kept as disjoint slot sets, one where a node holds all its slots by one
 * request. A restarted voter begins with an empty one, which is why it must accept nothing for a
 * while.
 *
 * <p>Owned by the control-plane thread.
 */
public final class GrantTable implements GrantedSlots {
  private final Outbox outbox;
  private final LeaseRules rules;

  /**
   * No two of one holder hold one slot. Those that ran out stay for their numbers until they are
   * replaced.
   */
  private List<Grant> grants = new ArrayList<>();

  /**
   * The last release of each holder, less what it has asked for since: a request that it overtook
   * on the way must not bind this voter, for its holder counts no grant of it any more.
   */
  private final Map<NodeId, Release> released = new HashMap<>();

  private record Release(LeaseNumber number, SlotSet slots) {}

  /** The highest epoch granted for since this process started. */
  private long highestGranted = -1;

  /** The highest epoch that a grant kept out since a value was accepted last; 0 if none. */
  private long highestBlocked;

  /** Slots granted as one. */
  private record Grant(SlotSet slots, NodeId holder, LeaseNumber number, long ends) {
    Grant of(SlotSet others) {
      return new Grant(others, holder, number, ends);
    }

    boolean isLikeness(Grant other) {
      return holder.equals(other.holder) && number.equals(other.number) && ends == other.ends;
    }
  }

  public GrantTable(Outbox outbox) {
    this(outbox, LeaseRules.RIGHT);
  }

  GrantTable(Outbox outbox, LeaseRules rules) {
    this.outbox = outbox;
    this.rules = rules;
  }

  /**
   * Grants or refuses. Whether this node is a voter plays no part.
   *
   * @param acceptedEpoch the epoch of the value that this node has accepted, or -1
   */
  public void onRequest(NodeId from, LeaseRequest request, long acceptedEpoch, long now) {
    long known = Math.max(acceptedEpoch, rules.rememberedEpoch(highestGranted));
    if (request.epoch() < known) {
      outbox.send(from, new LeaseRefused(request.number(), known));
      return;
    }
    highestGranted = Math.max(highestGranted, request.epoch());
    SlotSet granted = grant(from, request, now);
    outbox.send(from, new LeaseGranted(request.number(), granted, highestBlocked));
  }

  /**
   * Enters a request, slot by slot; the slots of which a later request, or a release of this one,
   * was seen are left out.
   */
  private SlotSet grant(NodeId from, LeaseRequest request, long now) {
    long ends = now + request.lengthNanos();
    List<Grant> kept = new ArrayList<>();
    SlotSet overtaken = overtaken(from, request);
    SlotSet ignored = overtaken;
    SlotSet fresh = request.slots();
    for (Grant old : grants) {
      SlotSet common = old.slots().intersect(request.slots()).minus(overtaken);
      if (common.isEmpty()) {
        kept.add(old);
      } else if (!old.holder().equals(from)) {
        boolean binding = old.ends() - now > 0 && rules.keepsLiveGrants();
        add(kept, binding ? old : old.of(old.slots().minus(common)));
      } else if (!rules.supersedes(request.number(), old.number())) {
        kept.add(old);
        ignored = ignored.union(common);
      } else {
        add(kept, old.of(old.slots().minus(common)));
        long later = old.ends() - ends > 0 ? old.ends() : ends;
        add(kept, new Grant(common, from, request.number(), later));
        fresh = fresh.minus(common);
      }
    }
    SlotSet granted = request.slots().minus(ignored);
    add(kept, new Grant(fresh.minus(ignored), from, request.number(), ends));
    grants = kept;
    return granted;
  }

  private static void add(List<Grant> grants, Grant more) {
    if (more.slots().isEmpty()) {
      return;
    }
    for (int i = 0; i < grants.size(); i++) {
      Grant each = grants.get(i);
      if (each.isLikeness(more)) {
        grants.set(i, each.of(each.slots().union(more.slots())));
        return;
      }
    }
    grants.add(more);
  }

  /** Slots of a request that its holder has released since, by a message that came first. */
  private SlotSet overtaken(NodeId from, LeaseRequest request) {
    Release last = released.get(from);
    if (last == null) {
      return SlotSet.empty();
    } else if (last.number().compareTo(request.number()) >= 0) {
      return last.slots().intersect(request.slots());
    }
    released.put(from, new Release(last.number(), last.slots().minus(request.slots())));
    return SlotSet.empty();
  }

  /** Rule 12: drops what {@code from} was granted by requests up to the release's number. */
  public void onRelease(NodeId from, LeaseReleased release) {
    Release last = released.get(from);
    if (last == null || release.number().compareTo(last.number()) >= 0) {
      SlotSet before = last == null ? SlotSet.empty() : last.slots();
      released.put(from, new Release(release.number(), before.union(release.slots())));
    }
    List<Grant> kept = new ArrayList<>();
    for (Grant grant : grants) {
      boolean dropped =
          grant.holder().equals(from) && rules.releases(release.number(), grant.number());
      add(kept, dropped ? grant.of(grant.slots().minus(release.slots())) : grant);
    }
    grants = kept;
  }

  @Override
  public long forbids(Topology proposed, long now) {
    long remaining = 0;
    for (Grant grant : grants) {
      long left = grant.ends() - now;
      if (left > 0
          && !proposed.slotsOf(grant.holder()).containsAll(grant.slots())
          && rules.binds(grant.holder(), grant.slots(), proposed)) {
        remaining = Math.max(remaining, left);
      }
    }
    if (remaining > 0) {
      highestBlocked = Math.max(highestBlocked, proposed.epoch());
    }
    return remaining;
  }

  @Override
  public void onAccepted() {
    highestBlocked = 0;
  }

  @Override
  public List<LiveGrant> live(long now) {
    List<LiveGrant> live = new ArrayList<>();
    for (Grant grant : grants) {
      if (grant.ends() - now > 0) {
        live.add(new LiveGrant(grant.holder(), grant.slots(), grant.ends() - now));
      }
    }
    return live;
  }
}
