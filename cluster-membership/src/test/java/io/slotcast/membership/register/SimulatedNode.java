package io.slotcast.membership.register;

import io.slotcast.membership.lease.GrantTable;
import io.slotcast.membership.lease.LeaseHolder;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of the simulation: the product's acceptor, proposer, lease holder and grant table over a
 * disk that survives a crash, with a clock of its own.
 */
final class SimulatedNode {
  /** One tick of the simulation is 5 ms on the slowest clock. */
  private static final long NANOS_PER_TICK_AND_RATE = 50_000;

  final int index;
  final NodeId id;
  private final SimulatedCluster cluster;
  private final int rate;
  private final long offset;
  private final Outbox outbox;

  DurableState state;
  KnownValue known;
  Acceptor acceptor;
  Proposer proposer;
  LeaseHolder lease;
  private GrantTable grants;

  /**
   * What the round under way has proposed; null while it collects promises, or if there is none.
   */
  @Nullable RegisterValue proposing;

  /** What this node knew when its last round began. */
  RegisterValue knownAtStart;

  /** What the last round found. */
  @Nullable RegisterValue found;

  /**
   * @param rate how fast its clock runs, in percent of the slowest allowed
   * @param offset what its clock showed at tick 0
   */
  SimulatedNode(
      SimulatedCluster cluster, int index, NodeId id, AcceptorState disk, int rate, long offset) {
    this.cluster = cluster;
    this.index = index;
    this.id = id;
    this.rate = rate;
    this.offset = offset;
    this.outbox = (to, message) -> cluster.send(this, to, message);
    this.state = DurableState.start(disk, any -> {});
    this.known = new KnownValue(cluster.genesis(), clock());
    this.knownAtStart = known.value();
    this.grants = cluster.variant().mistake().grantTable(outbox, this::acceptedTopology);
    this.acceptor = acceptor(true);
    this.lease = leaseHolder();
    this.proposer = proposer();
    known.onNewer(value -> state.keepKnown(value));
  }

  long clock() {
    return offset + cluster.now() * rate * NANOS_PER_TICK_AND_RATE;
  }

  /** Crashes and starts again, having lost all that is not durable. */
  void restart(boolean forgetsKnown) {
    Variant variant = cluster.variant();
    AcceptorState disk = state.current();
    disk = variant == Variant.N16_INCARNATION_NOT_RAISED ? disk : disk.restarted();
    disk = variant == Variant.N11_BALLOTS_REUSED ? disk.withBallotCounter(0) : disk;
    disk = forgetsKnown ? disk.withKnown(cluster.genesis()) : disk;
    state = DurableState.start(disk, any -> {});
    boolean longAgo = variant == Variant.N19_KNOWN_SINCE_BEFORE_THE_START;
    RegisterValue last = disk.known();
    known =
        new KnownValue(
            last == null ? cluster.genesis() : last,
            longAgo ? clock() - 2 * LeaseBounds.MAX_NANOS : clock());
    grants = variant.mistake().grantTable(outbox, this::acceptedTopology);
    acceptor = acceptor(false);
    lease = leaseHolder();
    proposer = proposer();
    proposing = null;
    known.onNewer(value -> state.keepKnown(value));
  }

  /** N10: the acceptor forgets everything, the identity stays. */
  void wipe() {
    state.become(
        new AcceptorState(
            Ballot.ZERO,
            null,
            state.current().ballotCounter(),
            state.current().incarnation(),
            known.value()));
  }

  private Acceptor acceptor(boolean freshIdentity) {
    return new Acceptor(state, grants, outbox, clock(), freshIdentity, cluster.rules());
  }

  private LeaseHolder leaseHolder() {
    return cluster
        .variant()
        .mistake()
        .leaseHolder(id, state.current().incarnation(), known, outbox);
  }

  private Proposer proposer() {
    return new Proposer(id, state, known, outbox, this::giveWay, cluster.rules());
  }

  private @Nullable Topology acceptedTopology() {
    AcceptedValue accepted = state.current().accepted();
    return accepted == null ? null : accepted.value().topology();
  }

  /** Rule 13, as the node's wiring does it. */
  private void giveWay(RegisterValue base) {
    found = base;
    cluster.found(this, base);
    SlotSet mine = known.value().topology().slotsOf(id).minus(lease.stopped());
    SlotSet lost = mine.minus(base.topology().slotsOf(id));
    if (!lost.isEmpty()) {
      lease.stop(lost);
    }
  }

  void begin(RegisterChange change, Consumer<Outcome> done) {
    proposing = null;
    knownAtStart = known.value();
    proposer.begin(change, done);
  }

  boolean collectsPromises() {
    return proposer.isBusy() && proposing == null;
  }

  void receive(NodeId from, Message message) {
    long now = clock();
    switch (message) {
      case Message.Prepare prepare -> acceptor.onPrepare(from, prepare, now);
      case Message.Promise promise -> proposer.onPromise(from, promise, now);
      case Message.Accept accept -> acceptor.onAccept(from, accept, now);
      case Message.Accepted accepted -> proposer.onAccepted(from, accepted, now);
      case Message.Refused refused -> proposer.onRefused(from, refused);
      case Message.Committed(RegisterValue value) -> known.learn(value, now);
      case Message.LeaseRequest request ->
          grants.onRequest(from, request, acceptor.acceptedEpoch(), now);
      case Message.LeaseGranted granted -> lease.onGranted(from, granted, now);
      case Message.LeaseRefused refused -> lease.onRefused(refused);
      case Message.LeaseReleased released -> grants.onRelease(from, released);
    }
  }
}
