package io.slotcast.membership.lease;

import io.slotcast.membership.register.KnownValue;
import io.slotcast.membership.register.LeaseNumber;
import io.slotcast.membership.register.Message.LeaseGranted;
import io.slotcast.membership.register.Message.LeaseRefused;
import io.slotcast.membership.register.Message.LeaseReleased;
import io.slotcast.membership.register.Message.LeaseRequest;
import io.slotcast.membership.register.Outbox;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.NodeId;
import io.slotcast.router.ServingRight;
import io.slotcast.router.SlotSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A primary's side of its leases (rules 9, 11 and 12): asks all voters, counts those that granted
 * from the moment of asking, and serves a slot while a majority of each voter set counts.
 *
 * <p>Owned by the control-plane thread, except {@link #holds}, {@link #holdsAll(SlotSet, long)},
 * {@link #stopped()} and {@link #servingRight}, which any thread may call.
 */
public final class LeaseHolder {
  /** Requests remembered at most; older ones are forgotten, and their grants then ignored. */
  private static final int MAX_REQUESTS = 64;

  private final NodeId self;
  private final long incarnation;
  private final KnownValue known;
  private final Outbox outbox;
  private final LeaseRules rules;

  private final Deque<Request> requests = new ArrayDeque<>();
  private final Map<NodeId, LeaseShares> counted = new HashMap<>();
  private long sequence;
  private long heardEpoch;

  /** Written by the owner alone, read by any thread. */
  private volatile SlotSet stopped = SlotSet.empty();

  /** Written by the owner alone, read by any thread on the path of every keyed command. */
  private volatile Served served = Served.NOTHING;

  /** A request that may still be granted; {@code slots} are those a grant of it would count for. */
  private record Request(LeaseNumber number, SlotSet slots, long sent, long lengthNanos) {}

  /**
   * @param incarnation the number of this run of the node, as in its durable state
   * @param known what this node knows to be committed; the holder follows it by itself
   */
  public LeaseHolder(NodeId self, long incarnation, KnownValue known, Outbox outbox) {
    this(self, incarnation, known, outbox, LeaseRules.RIGHT);
  }

  LeaseHolder(NodeId self, long incarnation, KnownValue known, Outbox outbox, LeaseRules rules) {
    this.self = self;
    this.incarnation = incarnation;
    this.known = known;
    this.outbox = outbox;
    this.rules = rules;
    known.onNewer(this::follow);
  }

  /** A slot that is no longer owned is not stopped either: should it come back, it is served. */
  private void follow(RegisterValue value) {
    stopped = stopped.intersect(value.topology().slotsOf(self));
    publish();
  }

  /**
   * Whether this node may serve {@code slot} at {@code now}. From any thread: one volatile read.
   */
  public boolean holds(int slot, long now) {
    return served.holds(slot, now);
  }

  /** {@link #holds} by a clock, which must be the one that this holder's times are of. */
  public ServingRight servingRight(LongSupplier clock) {
    return slot -> served.holds(slot, clock.getAsLong());
  }

  /**
   * Rule 9: asks all voters for a lease on the slots owned and not stopped.
   *
   * @param lengthNanos at most {@link io.slotcast.membership.register.LeaseBounds#MAX_NANOS}
   * @return whether there was anything to ask for
   */
  public boolean renew(long lengthNanos, long now) {
    RegisterValue value = known.value();
    SlotSet slots = value.topology().slotsOf(self).minus(stopped);
    if (slots.isEmpty()) {
      return false;
    }
    forget(now);
    LeaseNumber number = new LeaseNumber(incarnation, ++sequence);
    requests.add(new Request(number, slots, now, lengthNanos));
    LeaseRequest request = new LeaseRequest(number, slots, value.epoch(), lengthNanos);
    for (NodeId voter : value.voters().all()) {
      outbox.send(voter, request);
    }
    return true;
  }

  /** Drops what can no longer count, and the oldest of too many requests. */
  private void forget(long now) {
    requests.removeIf(request -> now - request.sent() > request.lengthNanos());
    counted.values().forEach(shares -> shares.forget(now));
    counted.values().removeIf(shares -> shares.list().isEmpty());
    while (requests.size() >= MAX_REQUESTS) {
      requests.removeFirst();
    }
  }

  /** Rule 11; a grant of a request that is no longer remembered, or of an older run, is ignored. */
  public void onGranted(NodeId from, LeaseGranted granted, long now) {
    if (granted.number().incarnation() != incarnation) {
      return;
    }
    heardEpoch = Math.max(heardEpoch, granted.blockedEpoch());
    for (Request request : requests) {
      if (request.number().equals(granted.number())) {
        long ends =
            rules.countedFrom(request.sent(), now) + rules.countedNanos(request.lengthNanos());
        counted
            .computeIfAbsent(from, voter -> new LeaseShares())
            .add(request.slots().intersect(granted.slots()), ends);
        publish();
        return;
      }
    }
  }

  public void onRefused(LeaseRefused refused) {
    if (refused.number().incarnation() == incarnation) {
      heardEpoch = Math.max(heardEpoch, refused.epoch());
    }
  }

  /** The highest epoch that voters told of; beyond the known one, an identity round is due. */
  public long heardEpoch() {
    return heardEpoch;
  }

  /** Starts to hear anew: an identity round, which will tell what the voters told of, begins. */
  public void forgetHeard() {
    heardEpoch = 0;
  }

  /**
   * Rule 12: stops serving {@code slots} at once, never counts a grant asked for until now for
   * them, and tells the voters. They stay stopped until {@link #resume} or until they are another
   * node's. A caller that hands slots over waits until no reply to a command on them is still to
   * leave, and only then proposes.
   */
  public void stop(SlotSet slots) {
    stopped = stopped.union(slots);
    Deque<Request> cut = new ArrayDeque<>();
    for (Request each : requests) {
      cut.add(
          new Request(each.number(), each.slots().minus(slots), each.sent(), each.lengthNanos()));
    }
    requests.clear();
    requests.addAll(cut);
    counted.values().forEach(shares -> shares.remove(slots));
    publish();
    LeaseReleased released = new LeaseReleased(new LeaseNumber(incarnation, sequence), slots);
    for (NodeId voter : known.value().voters().all()) {
      outbox.send(voter, released);
    }
  }

  /** Serves {@code slots} again, once the next request is granted. */
  public void resume(SlotSet slots) {
    stopped = stopped.minus(slots);
  }

  /** The slots of this node that are stopped. From any thread. */
  public SlotSet stopped() {
    return stopped;
  }

  /** Forgets every lease: this node's monotonic clock is known to have stood still. */
  public void voidAll() {
    requests.clear();
    counted.clear();
    publish();
  }

  /** Whether this node may serve all of {@code slots} at {@code now}. From any thread. */
  public boolean holdsAll(SlotSet slots, long now) {
    return served.slotsAt(now).containsAll(slots);
  }

  /** Whether all the slots that this node owns are served at {@code now}; true if it owns none. */
  public boolean holdsAll(long now) {
    return holdsAll(known.value().topology().slotsOf(self), now);
  }

  private void publish() {
    RegisterValue value = known.value();
    SlotSet mine = value.topology().slotsOf(self).minus(stopped);
    served = Served.of(mine, value.voters(), counted);
  }
}
