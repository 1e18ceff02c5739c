package io.slotcast.membership;

import io.slotcast.membership.lease.GrantTable;
import io.slotcast.membership.lease.LeaseHolder;
import io.slotcast.membership.register.Acceptor;
import io.slotcast.membership.register.DurableState;
import io.slotcast.membership.register.KnownValue;
import io.slotcast.membership.register.Message;
import io.slotcast.membership.register.Outbox;
import io.slotcast.membership.register.Outcome;
import io.slotcast.membership.register.ProposalQueue;
import io.slotcast.membership.register.Proposer;
import io.slotcast.membership.register.RegisterChange;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One node's part in the register: its acceptor, grants, proposals and lease, wired together. It
 * exists from when the node knows a committed value. Its driver hands it every message and, some
 * tens of times a second, the time; it has no thread and no clock.
 *
 * <p>Owned by the control-plane thread; only {@link LeaseHolder#holds} and {@link
 * LeaseHolder#servingRight} of {@link #lease()} may be called from others. Nothing here may be
 * called from within the outbox or a listener.
 */
public final class RegisterNode {
  /** How soon a newer known value is on disk; nothing but the next start rests on it. */
  private static final long KEEPING_NANOS = Duration.ofSeconds(1).toNanos();

  private final NodeId self;
  private final DurableState state;
  private final KnownValue known;
  private final GrantTable grants;
  private final Acceptor acceptor;
  private final LeaseHolder lease;
  private final Proposer proposer;
  private final ProposalQueue proposals;
  private final Timing timing;

  /** The time of what is being handled. */
  private long moment;

  /** When a lease was asked for last; meaningless while {@code renewSoon}. */
  private long renewed;

  private boolean renewSoon = true;

  /** When an identity round was begun last; meaningless while {@code mayInquire}. */
  private long inquired;

  /** When the known value was saved last, unless something else did so since. */
  private long kept;

  private boolean inquiring;
  private boolean mayInquire = true;

  /** Slots stopped because a round found a value that takes them, until it is known what became. */
  private SlotSet givenWay = SlotSet.empty();

  /**
   * How long things take, in nanoseconds.
   *
   * @param leaseLength how long a lease runs; at most {@link
   *     io.slotcast.membership.register.LeaseBounds#MAX_NANOS}
   * @param roundTimeout when a round without a majority of answers is begun again
   * @param backOff the first bound of the random pause after a round that another one outran
   */
  public record Timing(long leaseLength, long roundTimeout, long backOff) {}

  /**
   * @param state started for this run; the value known in it must not be null
   * @param freshIdentity whether this node's identity was created in this very run
   * @param now when this process started, or later
   */
  public RegisterNode(
      NodeId self,
      DurableState state,
      boolean freshIdentity,
      Outbox outbox,
      RandomGenerator random,
      Timing timing,
      long now) {
    RegisterValue first = state.current().known();
    if (first == null) {
      throw new IllegalArgumentException("a node of a register knows a committed value");
    }
    this.self = self;
    this.state = state;
    this.timing = timing;
    this.kept = now;
    moment = now;
    this.known = new KnownValue(first, now);
    this.grants = new GrantTable(outbox);
    this.acceptor = new Acceptor(state, grants, outbox, now, freshIdentity);
    this.lease = new LeaseHolder(self, state.current().incarnation(), known, outbox);
    this.proposer = new Proposer(self, state, known, outbox, this::giveWay);
    this.proposals = new ProposalQueue(proposer, random, timing.roundTimeout(), timing.backOff());
    known.onNewer(state::keepKnown);
    known.onNewer(value -> comeBack());
  }

  /** The newest committed value that this node knows. */
  public RegisterValue known() {
    return known.value();
  }

  /** Calls {@code listener} with each newer committed value, in order of epoch. */
  public void onNewer(Consumer<RegisterValue> listener) {
    known.onNewer(listener);
  }

  public LeaseHolder lease() {
    return lease;
  }

  public ProposalQueue proposals() {
    return proposals;
  }

  /** Takes in a message of another node or of this one. */
  public void receive(NodeId from, Message message, long now) {
    moment = now;
    switch (message) {
      case Message.Prepare prepare -> {
        proposer.saw(prepare.ballot());
        acceptor.onPrepare(from, prepare, now);
      }
      case Message.Promise promise -> proposer.onPromise(from, promise, now);
      case Message.Accept accept -> {
        proposer.saw(accept.ballot());
        acceptor.onAccept(from, accept, now);
      }
      case Message.Accepted accepted -> proposer.onAccepted(from, accepted, now);
      case Message.Refused refused -> proposer.onRefused(from, refused);
      case Message.Committed(RegisterValue value) -> known.learn(value, now);
      case Message.LeaseRequest request ->
          grants.onRequest(from, request, acceptor.acceptedEpoch(), now);
      case Message.LeaseGranted granted -> lease.onGranted(from, granted, now);
      case Message.LeaseRefused refused -> lease.onRefused(refused);
      case Message.LeaseReleased released -> grants.onRelease(from, released);
    }
    tick(now);
  }

  /** Does what is due; called some tens of times a second. */
  public void tick(long now) {
    moment = now;
    if (renewSoon || now - renewed >= timing.leaseLength() / 4) {
      renew();
    }
    boolean outOfDate = lease.heardEpoch() > known.value().epoch() || !givenWay.isEmpty();
    if (outOfDate && !inquiring && (mayInquire || now - inquired >= timing.roundTimeout())) {
      inquire(now);
    }
    proposals.tick(now);
    if (now - kept >= KEEPING_NANOS) {
      kept = now;
      state.saveKept();
    }
  }

  private void renew() {
    renewSoon = false;
    renewed = moment;
    lease.renew(timing.leaseLength(), moment);
  }

  /** Rule 13: there is word of a later epoch, so this node asks the register itself. */
  private void inquire(long now) {
    inquiring = true;
    mayInquire = false;
    inquired = now;
    lease.forgetHeard();
    proposals.submit(
        RegisterChange.identity(),
        4 * timing.roundTimeout(),
        now,
        outcome -> {
          inquiring = false;
          if (outcome instanceof Outcome.Committed) {
            comeBack();
          }
        });
  }

  /** Makes the newest committed value that is known durable at once. */
  public void saveKnown() {
    state.saveKept();
  }

  /** Brings a change through; see {@link ProposalQueue#submit}. */
  public void propose(RegisterChange change, long timeout, long now, Consumer<Outcome> done) {
    moment = now;
    proposals.submit(change, timeout, now, done);
  }

  /**
   * Stops serving slots and releases their leases (rule 12): the first step of a failover by
   * command, of the end of a move, and of leaving. The change that gives them to another node
   * follows once replies under way have left; if it fails, {@link #serveAgain} undoes this.
   */
  public void stopServing(SlotSet slots) {
    lease.stop(slots);
  }

  /** Serves stopped slots again, those of them that this node still owns. */
  public void serveAgain(SlotSet slots) {
    lease.resume(slots);
    renewSoon = true;
  }

  /** Voids all leases, as when this node was suspended, and asks for new ones at the next tick. */
  public void voidLeases() {
    lease.voidAll();
    renewSoon = true;
  }

  private void giveWay(RegisterValue found) {
    SlotSet mine = known.value().topology().slotsOf(self).minus(lease.stopped());
    SlotSet lost = mine.minus(found.topology().slotsOf(self));
    if (found.epoch() > known.value().epoch() && !lost.isEmpty()) {
      givenWay = givenWay.union(lost);
      lease.stop(lost);
    }
  }

  /**
   * What was found has been committed, or something else has: serve what is this node's by that.
   * The lease is asked for before anyone else hears of the value, for clients wait for it.
   */
  private void comeBack() {
    lease.resume(givenWay);
    givenWay = SlotSet.empty();
    renew();
  }
}
