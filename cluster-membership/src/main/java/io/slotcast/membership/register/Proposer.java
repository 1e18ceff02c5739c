package io.slotcast.membership.register;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.register.Message.Accept;
import io.slotcast.membership.register.Message.Accepted;
import io.slotcast.membership.register.Message.Committed;
import io.slotcast.membership.register.Message.Prepare;
import io.slotcast.membership.register.Message.Promise;
import io.slotcast.membership.register.Message.Refused;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's rounds, one at a time (rules 6 to 8): ask for promises, apply the change to the accepted
 * value with the highest ballot among them, ask for that to be accepted. A round ends with an
 * {@link Outcome} or when the next begins; trying again is the business of {@link ProposalQueue}.
 *
 * <p>Owned by the control-plane thread.
 */
public final class Proposer {
  private final NodeId self;
  private final DurableState state;
  private final KnownValue known;
  private final Outbox outbox;
  private final Consumer<RegisterValue> found;
  private final Rules rules;

  /** The highest ballot counter seen of anyone; a round below it is bound to fail. */
  private long highestCounter;

  private @Nullable Round round;

  /**
   * @param found is told the value that a round found, before the round proposes anything: the
   *     lease holder gives way there if that value takes its slots (rule 13)
   */
  public Proposer(
      NodeId self,
      DurableState state,
      KnownValue known,
      Outbox outbox,
      Consumer<RegisterValue> found) {
    this(self, state, known, outbox, found, Rules.RIGHT);
  }

  Proposer(
      NodeId self,
      DurableState state,
      KnownValue known,
      Outbox outbox,
      Consumer<RegisterValue> found,
      Rules rules) {
    this.self = self;
    this.state = state;
    this.known = known;
    this.outbox = outbox;
    this.found = found;
    this.rules = rules;
  }

  /** One round. */
  private static final class Round {
    final Proposal proposal;
    final Consumer<Outcome> done;
    final RegisterValue knownAtStart;
    Ballot ballot;
    final Set<NodeId> asked = new TreeSet<>();
    final Map<NodeId, Promise> promises = new HashMap<>();
    final Map<NodeId, Refused> refusals = new HashMap<>();
    final Set<NodeId> accepted = new HashSet<>();

    /** The accepted value with the highest ballot among the promises. */
    @Nullable AcceptedValue highest;

    /** What was sent to be accepted; null as long as promises are collected. */
    @Nullable RegisterValue proposed;

    Round(Proposal proposal, RegisterValue knownAtStart, Ballot ballot, Consumer<Outcome> done) {
      this.proposal = proposal;
      this.knownAtStart = knownAtStart;
      this.ballot = ballot;
      this.done = done;
    }
  }

  /** Begins a round for {@code change}; a round under way is abandoned first. */
  public void begin(RegisterChange change, Consumer<Outcome> done) {
    begin(new Proposal(change), done);
  }

  void begin(Proposal proposal, Consumer<Outcome> done) {
    abandon();
    Round begun = new Round(proposal, known.value(), freshBallot(), done);
    round = begun;
    ask(begun, begun.knownAtStart.voters().all());
    Collection<NodeId> more = proposal.change().alsoPromised();
    if (more != null) {
      ask(begun, more);
    }
  }

  /** Ends the round under way, if there is one, as {@link Outcome.Abandoned}. */
  public void abandon() {
    Round current = round;
    if (current != null) {
      end(current, new Outcome.Abandoned(current.proposed != null));
    }
  }

  public boolean isBusy() {
    return round != null;
  }

  /** Takes note of another node's ballot, so that the next one of this node is higher. */
  public void saw(Ballot ballot) {
    highestCounter = Math.max(highestCounter, ballot.counter());
  }

  private Ballot freshBallot() {
    long counter = rules.nextCounter(state.lastCounter(), highestCounter);
    state.useCounter(counter);
    return new Ballot(counter, self);
  }

  private void ask(Round current, Collection<NodeId> voters) {
    for (NodeId voter : voters) {
      if (current.asked.add(voter)) {
        outbox.send(voter, new Prepare(current.ballot));
      }
    }
  }

  /** Rule 6. */
  public void onPromise(NodeId from, Promise promise, long now) {
    Round current = round;
    if (current == null
        || current.proposed != null
        || !promise.ballot().equals(current.ballot)
        || current.promises.putIfAbsent(from, promise) != null) {
      return;
    }
    AcceptedValue accepted = promise.accepted();
    if (accepted != null) {
      saw(accepted.ballot());
      AcceptedValue highest = current.highest;
      if (highest == null || highest.ballot().isBelow(accepted.ballot())) {
        current.highest = accepted;
      }
    }
    proposeIfPromised(current, now);
  }

  private void proposeIfPromised(Round current, long now) {
    AcceptedValue highest = current.highest;
    if (highest == null) {
      return;
    }
    RegisterValue base = highest.value();
    Set<NodeId> promised = current.promises.keySet();
    if (!rules.promiseQuorum(current.knownAtStart, base).hasMajorityIn(promised)) {
      follow(current, base);
      return;
    }
    Collection<NodeId> more = current.proposal.change().alsoPromised();
    if (more != null && !Voters.isMajority(Set.copyOf(more), promised)) {
      return;
    }
    found.accept(base);
    RegisterValue value;
    try {
      value = valueToPropose(current, base, now);
    } catch (TopologyChange.RefusedException e) {
      end(current, new Outcome.PreconditionFailed(String.valueOf(e.getMessage())));
      return;
    } catch (RuntimeException e) {
      // A change that is wrong in itself must not take the control plane down with it.
      end(current, new Outcome.PreconditionFailed("the change failed: " + e));
      return;
    }
    if (rules.heedsReportedGrants() && isLeasedAway(current, base, value)) {
      return;
    }
    current.proposed = value;
    current.refusals.clear();
    current.proposal.proposed(value.id());
    for (NodeId voter : value.voters().all()) {
      outbox.send(voter, new Accept(current.ballot, value));
    }
  }

  /** The value found names voters that were not asked: they are, at the same ballot. */
  private void follow(Round current, RegisterValue base) {
    Set<NodeId> voters = base.voters().all();
    if (current.asked.containsAll(voters)) {
      return;
    }
    if (!rules.keepsBallotWhenFollowing()
        && current.knownAtStart.voters().hasMajorityIn(current.promises.keySet())) {
      current.ballot = freshBallot();
    }
    ask(current, voters);
  }

  private RegisterValue valueToPropose(Round current, RegisterValue base, long now)
      throws TopologyChange.RefusedException {
    Proposal proposal = current.proposal;
    if (proposal.made(base.id()) || rules.settlesFirst(base, known.value())) {
      return base;
    }
    return proposal
        .change()
        .apply(base, new RegisterChange.Context(current.ballot, known, rules, now));
  }

  /**
   * Whether the change takes slots from nodes whose leases run at so many voters that it could not
   * be accepted; the round then waits for more promises, or ends if none can help.
   */
  private boolean isLeasedAway(Round current, RegisterValue base, RegisterValue value) {
    Set<NodeId> bound = new HashSet<>();
    long wait = 0;
    for (Map.Entry<NodeId, Promise> entry : current.promises.entrySet()) {
      for (LiveGrant grant : entry.getValue().grants()) {
        if (takes(base.topology(), value.topology(), grant)) {
          bound.add(entry.getKey());
          wait = Math.max(wait, grant.remainingNanos());
        }
      }
    }
    if (bound.isEmpty() || value.voters().hasMajorityIn(minus(current.promises.keySet(), bound))) {
      return false;
    }
    if (!value.voters().hasMajorityIn(minus(value.voters().all(), bound))) {
      end(current, new Outcome.Blocked(wait));
    }
    return true;
  }

  /** Whether the step from {@code before} to {@code after} takes granted slots from their owner. */
  private static boolean takes(Topology before, Topology after, LiveGrant grant) {
    SlotSet taken = before.slotsOf(grant.holder()).minus(after.slotsOf(grant.holder()));
    return taken.intersects(grant.slots());
  }

  /** Rule 7: the value is committed once a majority of each of its own voter sets accepted it. */
  public void onAccepted(NodeId from, Accepted accepted, long now) {
    Round current = round;
    if (current == null || !accepted.ballot().equals(current.ballot)) {
      return;
    }
    RegisterValue value = current.proposed;
    if (value == null) {
      return;
    }
    current.accepted.add(from);
    if (value.voters().hasMajorityIn(current.accepted)) {
      known.learn(value, now);
      tell(value);
      end(current, new Outcome.Committed(value));
    }
  }

  private void tell(RegisterValue committed) {
    Set<NodeId> others = new TreeSet<>(committed.voters().all());
    committed.topology().nodes().forEach(node -> others.add(node.id()));
    others.remove(self);
    others.forEach(node -> outbox.send(node, new Committed(committed)));
  }

  /** A voter that does not go along; the round ends once too few are left. */
  public void onRefused(NodeId from, Refused refused) {
    saw(refused.promised());
    Round current = round;
    if (current == null || !refused.ballot().equals(current.ballot)) {
      return;
    }
    current.refusals.put(from, refused);
    RegisterValue value = current.proposed;
    if (value == null) {
      AcceptedValue highest = current.highest;
      value = highest == null ? current.knownAtStart : highest.value();
    }
    if (!value.voters().hasMajorityIn(minus(value.voters().all(), current.refusals.keySet()))) {
      end(current, failureOf(current.refusals.values()));
    }
  }

  private static Outcome failureOf(Collection<Refused> refusals) {
    Ballot promised = Ballot.ZERO;
    long wait = 0;
    for (Refused refused : refusals) {
      switch (refused.reason()) {
        case OUTRUN ->
            promised = promised.isBelow(refused.promised()) ? refused.promised() : promised;
        case JUST_STARTED, LEASED -> wait = Math.max(wait, refused.waitNanos());
      }
    }
    return promised.equals(Ballot.ZERO) ? new Outcome.Blocked(wait) : new Outcome.Outrun(promised);
  }

  private static Set<NodeId> minus(Collection<NodeId> nodes, Set<NodeId> less) {
    Set<NodeId> left = new HashSet<>(nodes);
    left.removeAll(less);
    return left;
  }

  private void end(Round ended, Outcome outcome) {
    round = null;
    ended.done.accept(outcome);
  }
}
