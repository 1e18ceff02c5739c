package io.slotcast.membership.register;

import io.slotcast.membership.register.Message.Accept;
import io.slotcast.membership.register.Message.Accepted;
import io.slotcast.membership.register.Message.Prepare;
import io.slotcast.membership.register.Message.Promise;
import io.slotcast.membership.register.Message.Refused;
import io.slotcast.router.NodeId;

/**
 * A voter's side of the register: promises ballots and accepts values (rules 4 and 5). Every node
 * has one and it answers anyone, whether or not the node knows itself to be a voter: a removed
 * voter goes on answering (rule 3), a coming one is asked before it can know.
 *
 * <p>Owned by the control-plane thread. What an answer rests on is durable before the answer
 * leaves.
 */
public final class Acceptor {
  private final DurableState state;
  private final GrantedSlots grants;
  private final Outbox outbox;
  private final Rules rules;

  private final long started;

  /** Whether an earlier run of this identity may have granted leases that still run. */
  private final boolean ranBefore;

  /**
   * @param started when this process started, or later
   * @param freshIdentity whether the node's identity was created in this very run
   */
  public Acceptor(
      DurableState state, GrantedSlots grants, Outbox outbox, long started, boolean freshIdentity) {
    this(state, grants, outbox, started, freshIdentity, Rules.RIGHT);
  }

  Acceptor(
      DurableState state,
      GrantedSlots grants,
      Outbox outbox,
      long started,
      boolean freshIdentity,
      Rules rules) {
    this.state = state;
    this.grants = grants;
    this.outbox = outbox;
    this.started = started;
    this.ranBefore = !freshIdentity;
    this.rules = rules;
  }

  /** Rule 4. */
  public void onPrepare(NodeId from, Prepare prepare, long now) {
    Ballot ballot = prepare.ballot();
    AcceptorState current = state.current();
    if (ballot.isBelow(current.promised())) {
      refuse(from, ballot, Refused.Reason.OUTRUN, 0);
      return;
    }
    if (!ballot.equals(current.promised())) {
      state.become(current.withPromised(ballot));
    }
    outbox.send(from, new Promise(ballot, current.accepted(), grants.live(now)));
  }

  /** Rule 5. */
  public void onAccept(NodeId from, Accept accept, long now) {
    Ballot ballot = accept.ballot();
    AcceptorState current = state.current();
    if (ballot.isBelow(current.promised())) {
      refuse(from, ballot, Refused.Reason.OUTRUN, 0);
      return;
    }
    AcceptedValue last = current.accepted();
    if (last == null || !last.ballot().equals(ballot)) {
      long starting = ranBefore ? started + rules.startWaitNanos(current) - now : 0;
      long leased = grants.forbids(accept.value().topology(), now);
      if (leased > 0) {
        refuse(from, ballot, Refused.Reason.LEASED, Math.max(leased, starting));
        return;
      }
      if (starting > 0) {
        refuse(from, ballot, Refused.Reason.JUST_STARTED, starting);
        return;
      }
      state.become(current.withAccepted(new AcceptedValue(ballot, accept.value())));
      grants.onAccepted();
    }
    outbox.send(from, new Accepted(ballot));
  }

  private void refuse(NodeId to, Ballot ballot, Refused.Reason reason, long waitNanos) {
    outbox.send(to, new Refused(ballot, reason, state.current().promised(), waitNanos));
  }

  /** The epoch of the accepted value, or -1: no lease is granted for an earlier one (rule 10). */
  public long acceptedEpoch() {
    AcceptedValue accepted = state.current().accepted();
    return accepted == null ? -1 : accepted.value().epoch();
  }
}
