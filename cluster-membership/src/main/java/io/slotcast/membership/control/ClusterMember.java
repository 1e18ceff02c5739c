package io.slotcast.membership.control;

import io.slotcast.membership.RegisterNode;
import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.lease.LeaseHolder;
import io.slotcast.membership.lease.SuspensionWatch;
import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.AcceptorStore;
import io.slotcast.membership.register.DurableState;
import io.slotcast.membership.register.Message;
import io.slotcast.membership.register.Outbox;
import io.slotcast.membership.register.Outcome;
import io.slotcast.membership.register.ProposalQueue;
import io.slotcast.membership.register.RegisterChange;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.membership.register.Voters;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that is in a cluster: gives its {@link RegisterNode} the time, watches that the clock it
 * reads did not stand still, and counts. Owned by the control-plane thread; {@link #holds} and
 * {@link #counters} are for any.
 */
final class ClusterMember {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

  /** Several round trips and fsyncs on a busy machine; a longer round is begun anew. */
  private static final Duration ROUND_TIMEOUT = Duration.ofMillis(500);

  private static final Duration BACK_OFF = Duration.ofMillis(10);

  /** How often rounds are looked after, as long as there are any. */
  private static final Duration ROUND_TICK = Duration.ofMillis(5);

  /** What a change may take: a restarted voter blocks it for 5 s, and then it may meet others. */
  private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(15);

  private final NodeId self;
  private final ControlThread thread;
  private final RegisterNode register;
  private final SuspensionWatch watch;
  private boolean ticking;
  private boolean changingVoters;

  /**
   * Slots that a restarted primary does not serve yet. Written by the owner, read by any thread.
   */
  private volatile SlotSet heldBack = SlotSet.empty();

  /** What the lease held on, when it was looked at last. */
  private SlotSet held = SlotSet.empty();

  private long renewals;
  private long lapses;

  /** Written by the owner, read by any thread. */
  private volatile Counters counters = Counters.NONE;

  /**
   * @param kept the voter's memory as of this run, with a known value
   * @param freshIdentity whether no earlier run of this node can have granted leases
   * @param leaseLength how long leases are asked for
   */
  ClusterMember(
      NodeId self,
      AcceptorState kept,
      boolean freshIdentity,
      Duration leaseLength,
      AcceptorStore store,
      Outbox outbox,
      ControlThread thread,
      RandomGenerator random) {
    this.self = self;
    this.thread = thread;
    long now = System.nanoTime();
    watch = new SuspensionWatch(leaseLength.toNanos(), now, System.currentTimeMillis());
    register =
        new RegisterNode(
            self,
            DurableState.start(kept, store),
            freshIdentity,
            outbox,
            random,
            new RegisterNode.Timing(
                leaseLength.toNanos(), ROUND_TIMEOUT.toNanos(), BACK_OFF.toNanos()),
            now);
    thread.execute(this::onLeaseTimer);
    thread.every(leaseLength.dividedBy(4), this::onLeaseTimer);
  }

  /** Whether a cluster has no other node, and nobody else has a vote on its register. */
  static boolean isAlone(RegisterValue value, NodeId node) {
    return value.voters().all().equals(Set.of(node))
        && value.topology().nodes().size() == 1
        && value.topology().node(node) != null;
  }

  RegisterValue value() {
    return register.known();
  }

  /** Calls {@code listener} with each newer committed value. */
  void onNewer(Consumer<RegisterValue> listener) {
    register.onNewer(listener);
  }

  void onMessage(NodeId from, Message message) {
    register.receive(from, message, System.nanoTime());
    if (message instanceof Message.LeaseGranted && held.isEmpty()) {
      count();
    }
    tickWhileBusy();
  }

  CompletionStage<Topology> propose(TopologyChange change) {
    CompletableFuture<Topology> done = new CompletableFuture<>();
    submit(RegisterChange.of(change), outcome -> complete(done, outcome));
    return done;
  }

  /** Proposes other voters; if that fails it is tried again by whoever sees that it is due. */
  void proposeVoters(RegisterChange change) {
    if (!changingVoters) {
      changingVoters = true;
      submit(
          change,
          outcome -> {
            changingVoters = false;
            LOG.debug("{}: {}", change, outcome);
          });
    }
  }

  private void submit(RegisterChange change, Consumer<Outcome> done) {
    register.propose(change, CHANGE_TIMEOUT.toNanos(), System.nanoTime(), done);
    tickWhileBusy();
  }

  private static void complete(CompletableFuture<Topology> done, Outcome outcome) {
    switch (outcome) {
      case Outcome.Committed(RegisterValue value) -> done.complete(value.topology());
      case Outcome.PreconditionFailed(String message) ->
          done.completeExceptionally(new TopologyChange.RefusedException(message));
      case Outcome.Abandoned(boolean proposed) ->
          done.completeExceptionally(
              new TimeoutException(
                  "no majority of the voters answered"
                      + (proposed ? "; the change may still come to pass" : "")));
      case Outcome.Outrun ignored -> done.completeExceptionally(unfinished(outcome));
      case Outcome.Blocked ignored -> done.completeExceptionally(unfinished(outcome));
    }
  }

  private static IllegalStateException unfinished(Outcome outcome) {
    return new IllegalStateException("the register tries again after " + outcome);
  }

  /** Rounds need the time often, an idle register does not. */
  private void tickWhileBusy() {
    if (!ticking && !register.proposals().isIdle()) {
      ticking = true;
      thread.after(ROUND_TICK, this::tick);
    }
  }

  private void tick() {
    ticking = false;
    register.tick(System.nanoTime());
    if (register.proposals().isIdle()) {
      count();
    }
    tickWhileBusy();
  }

  private void onLeaseTimer() {
    long before = System.nanoTime();
    long wall = System.currentTimeMillis();
    long now = System.nanoTime();
    if (!watch.observe(before, wall, now)) {
      LOG.warn("This node was suspended or its clock set forward; it asks for its leases anew");
      register.voidLeases();
    }
    count();
    renewals += held.isEmpty() ? 0 : 1;
    register.tick(now);
    tickWhileBusy();
  }

  /** Publishes what {@link #counters} tells. */
  private void count() {
    long now = System.nanoTime();
    LeaseHolder lease = register.lease();
    SlotSet owned = value().topology().slotsOf(self).minus(lease.stopped());
    if (!lease.holdsAll(held.intersect(owned), now)) {
      lapses++;
      LOG.warn("This node's lease ran out before a majority of the voters renewed it");
    }
    held = lease.holdsAll(owned, now) ? owned : SlotSet.empty();
    Voters voters = value().voters();
    ProposalQueue proposals = register.proposals();
    counters =
        new Counters(
            voters.all().size(),
            voters.all().contains(self),
            proposals.roundsCommitted(),
            proposals.roundsFailed(),
            proposals.roundNanos(),
            renewals,
            lapses);
  }

  /**
   * Rule 12; see {@link io.slotcast.membership.ClusterMembership#stopServing}.
   *
   * @throws TopologyChange.RefusedException if they are not all served by right of this node
   */
  void stopServing(SlotSet slots) throws TopologyChange.RefusedException {
    if (!value().topology().slotsOf(self).containsAll(slots)) {
      throw new TopologyChange.RefusedException("this node does not own all of these slots");
    }
    if (register.lease().stopped().intersects(slots)) {
      throw new TopologyChange.RefusedException("some of these slots are being handed over");
    }
    register.stopServing(slots);
    count();
  }

  /** Serves nothing of what this node owned in its last run, until {@link #serveAtLast}. */
  void holdBack() {
    heldBack = value().topology().slotsOf(self);
    register.stopServing(heldBack);
  }

  void serveAtLast() {
    SlotSet slots = heldBack;
    heldBack = SlotSet.empty();
    serveAgain(slots);
  }

  void serveAgain(SlotSet slots) {
    register.serveAgain(slots);
    register.tick(System.nanoTime());
    tickWhileBusy();
  }

  /** Makes what this node knows durable, for its next stay or its next run. */
  void saveKnown() {
    register.saveKnown();
  }

  /** Rule 12, for all slots at once: the node is about to go. */
  void releaseLeases() {
    register.stopServing(value().topology().slotsOf(self));
  }

  /** Whether the lease on a slot runs now. From any thread. */
  boolean holds(int slot) {
    long now = System.nanoTime();
    return register.lease().holds(slot, now) && watch.agrees(now, System.currentTimeMillis());
  }

  /**
   * Whether the lease on each of these slots runs now, but for those that are handed over. From any
   * thread.
   */
  boolean servesAll(SlotSet slots) {
    if (heldBack.intersects(slots)) {
      return false;
    }
    long now = System.nanoTime();
    LeaseHolder lease = register.lease();
    return lease.holdsAll(slots.minus(lease.stopped()), now)
        && watch.agrees(now, System.currentTimeMillis());
  }

  /** As of the last renewal or round. From any thread. */
  Counters counters() {
    return counters;
  }

  /** What {@code MembershipStatistics} says of the register and the leases. */
  record Counters(
      int voters,
      boolean isVoter,
      long roundsCommitted,
      long roundsFailed,
      long roundNanos,
      long renewals,
      long lapses) {
    static final Counters NONE = new Counters(0, false, 0, 0, 0, 0, 0);
  }
}
