package io.slotcast.membership.register;

import static io.slotcast.membership.register.Values.A;
import static io.slotcast.membership.register.Values.B;
import static io.slotcast.membership.register.Values.C;
import static io.slotcast.membership.register.Values.D;
import static io.slotcast.membership.register.Values.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.TopologyChange;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules 6 to 8, one situation each; node A proposes. */
class ProposerTest {
  private record Sent(NodeId to, Message message) {}

  private final List<Sent> sent = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<RegisterValue> found = new ArrayList<>();
  private final List<AcceptorState> saved = new ArrayList<>();
  private final RegisterValue genesis = Values.genesis(A, B, C);
  private final KnownValue known = new KnownValue(genesis, 0);
  private final DurableState state = DurableState.start(AcceptorState.fresh(), saved::add);
  private final Proposer proposer =
      new Proposer(A, state, known, (to, message) -> sent.add(new Sent(to, message)), found::add);
  private final AcceptedValue atGenesis = new AcceptedValue(Ballot.ZERO, genesis);
  private final RegisterChange other = RegisterChange.of(topology -> topology);

  @Test
  void aRoundCommitsWithMajoritiesTellsEveryoneAndLearns() {
    begin(other);
    assertThat(sent(Message.Prepare.class)).containsExactly(A, B, C);
    promise(A, 1, atGenesis);
    assertThat(sent(Message.Accept.class)).isEmpty();
    promise(C, 1, atGenesis);
    RegisterValue proposed = accepting();
    assertThat(sent(Message.Accept.class)).containsExactly(A, B, C);
    assertThat(proposed.id()).isEqualTo(ballot(1));
    assertThat(proposed.epoch()).isEqualTo(1);
    assertThat(proposed.topology().epoch()).isEqualTo(1);
    assertThat(proposed.votersId()).isEqualTo(genesis.votersId());

    accepted(B, 1);
    accepted(B, 1);
    assertThat(outcomes).isEmpty();
    accepted(A, 1);

    assertThat(outcomes).containsExactly(new Outcome.Committed(proposed));
    assertThat(known.value()).isEqualTo(proposed);
    assertThat(sent(Message.Committed.class)).containsExactly(B, C);
    assertThat(proposer.isBusy()).isFalse();
  }

  @Test
  void theBallotCounterIsDurableBeforeItIsUsedAndAboveAnySeen() {
    proposer.saw(new Ballot(41, B));
    begin(other);

    assertThat(saved.getLast().ballotCounter()).isGreaterThanOrEqualTo(42);
    assertThat(((Message.Prepare) sent.getFirst().message()).ballot()).isEqualTo(ballot(42));
  }

  @Test
  void oneWriteMakesManyBallotCountersDurable() {
    begin(other);
    int writes = saved.size();
    long durable = saved.getLast().ballotCounter();
    for (long counter = state.lastCounter() + 1; counter <= durable; counter++) {
      begin(other);
      assertThat(state.lastCounter()).isEqualTo(counter);
    }
    assertThat(saved).hasSize(writes);

    begin(other);
    assertThat(saved.getLast().ballotCounter()).isGreaterThan(durable);
    assertThat(DurableState.start(saved.getLast().restarted(), any -> {}).lastCounter())
        .as("the next run uses none that this one may have used")
        .isEqualTo(saved.getLast().ballotCounter());
  }

  @Test
  void theChangeIsAppliedToTheValueWithTheHighestBallotThoughItMayNotBeCommitted() {
    RegisterValue low = Values.after(genesis, new Ballot(1, B), genesis.topology());
    RegisterValue high = Values.after(genesis, new Ballot(2, C), genesis.topology());
    proposer.saw(new Ballot(2, C));
    begin(other);
    promise(B, 3, new AcceptedValue(new Ballot(5, B), low));
    promise(C, 3, new AcceptedValue(new Ballot(4, C), high));

    assertThat(found).containsExactly(low);
    assertThat(accepting().epoch()).isEqualTo(2);
  }

  @Test
  void theIdentityChangeProposesWhatIsFoundUnchanged() {
    RegisterValue next = Values.after(genesis, new Ballot(1, B), genesis.topology());
    begin(RegisterChange.identity());
    promise(B, 1, new AcceptedValue(new Ballot(7, B), next));
    promise(C, 1, atGenesis);

    assertThat(accepting()).isEqualTo(next);
  }

  @Test
  void theVotersOfTheValueFoundAreAskedTooAtTheSameBallot() {
    RegisterValue joint = joint(genesis, new Ballot(1, B), Set.of(C, D, E));
    begin(other);
    promise(A, 1, atGenesis);
    promise(B, 1, new AcceptedValue(new Ballot(1, B), joint));

    assertThat(sent(Message.Prepare.class)).containsExactly(A, B, C, D, E);
    assertThat(sent(Message.Accept.class)).isEmpty();
    promise(D, 1, null);
    assertThat(sent(Message.Accept.class)).as("one of the next three").isEmpty();
    promise(E, 1, null);

    assertThat(accepting().voters()).isEqualTo(joint.voters());
    assertThat(sent(Message.Accept.class)).containsExactly(A, B, C, D, E);
    accepted(A, 1);
    accepted(B, 1);
    accepted(D, 1);
    assertThat(outcomes).isEmpty();
    accepted(E, 1);
    assertThat(outcomes).hasSize(1);
  }

  @Test
  void aFailedPreconditionProposesNothing() {
    begin(
        RegisterChange.of(
            topology -> {
              throw new TopologyChange.RefusedException("not the owner");
            }));
    promise(A, 1, atGenesis);
    promise(B, 1, atGenesis);

    assertThat(outcomes).containsExactly(new Outcome.PreconditionFailed("not the owner"));
    assertThat(sent(Message.Accept.class)).isEmpty();
  }

  @Test
  void aChangeThatIsWrongInItselfEndsItsRoundOnly() {
    begin(RegisterChange.of(topology -> Values.topology(0, A, A)));
    promise(A, 1, atGenesis);
    promise(B, 1, atGenesis);

    assertThat(outcomes).hasSize(1).first().isInstanceOf(Outcome.PreconditionFailed.class);
    assertThat(proposer.isBusy()).isFalse();
  }

  @Test
  void enteringJointNeedsAMajorityOfTheNextVoters() {
    begin(RegisterChange.enterJoint(Set.of(C, D, E)));
    assertThat(sent(Message.Prepare.class)).containsExactly(A, B, C, D, E);
    promise(A, 1, atGenesis);
    promise(B, 1, atGenesis);
    promise(D, 1, null);
    assertThat(sent(Message.Accept.class)).isEmpty();
    promise(E, 1, null);

    RegisterValue entered = accepting();
    assertThat(entered.voters()).isEqualTo(jointly(Set.of(A, B, C), Set.of(C, D, E)));
    assertThat(entered.votersId()).isEqualTo(ballot(1));
    assertThat(entered.topology()).isEqualTo(genesis.topology().withEpoch(1));
  }

  @Test
  void jointIsNotEnteredTwiceNorForTheVotersThatAre() {
    begin(RegisterChange.enterJoint(Set.of(A, B, C)));
    promise(A, 1, atGenesis);
    promise(B, 1, atGenesis);
    RegisterValue joint = joint(genesis, new Ballot(1, B), Set.of(D));
    begin(RegisterChange.enterJoint(Set.of(E)));
    promise(A, 2, new AcceptedValue(new Ballot(1, B), joint));
    promise(B, 2, new AcceptedValue(new Ballot(1, B), joint));
    promise(D, 2, null);
    promise(E, 2, null);

    assertThat(outcomes)
        .containsExactly(
            new Outcome.PreconditionFailed("these are the voters already"),
            new Outcome.PreconditionFailed("the voters are changing already"));
  }

  @Test
  void jointIsLeftOnlyOnceThisVeryDescriptionWasKnownForLongEnough() {
    RegisterValue joint = joint(genesis, new Ballot(1, B), Set.of(C, D, E));
    assertThat(leaving(joint, 0)).isEqualTo("these joint voters are not known as committed");

    known.learn(joint, 100);
    long almost = 99 + LeaseBounds.MAX_NANOS;
    assertThat(leaving(joint, almost)).isEqualTo("these joint voters are known too recently");

    RegisterValue twin = joint(genesis, new Ballot(1, C), Set.of(C, D, E));
    assertThat(leaving(twin, almost + 1))
        .as("the same voters in the same epoch, set by another value")
        .isEqualTo("these joint voters are not known as committed");

    assertThat(leaving(joint, almost + 1)).isNull();
    assertThat(accepting().voters()).isEqualTo(Voters.of(Set.of(C, D, E)));
    assertThat(sent(Message.Accept.class)).containsExactly(C, D, E);
  }

  @Test
  void aLaterValueWithTheSameVotersDoesNotBeginTheWaitAnew() {
    RegisterValue joint = joint(genesis, new Ballot(1, B), Set.of(C, D, E));
    known.learn(joint, 100);
    RegisterValue later = Values.after(joint, new Ballot(2, B), joint.topology());
    known.learn(later, 5_000);

    assertThat(leaving(later, 100 + LeaseBounds.MAX_NANOS)).isNull();
  }

  @Test
  void aRoundThatTooManyVotersHaveOutrunEnds() {
    begin(other);
    refuse(B, Message.Refused.Reason.OUTRUN, new Ballot(9, B), 0);
    assertThat(outcomes).as("two of three are left").isEmpty();
    refuse(C, Message.Refused.Reason.OUTRUN, new Ballot(8, C), 0);

    assertThat(outcomes).containsExactly(new Outcome.Outrun(new Ballot(9, B)));
    begin(other);
    assertThat(state.lastCounter()).isEqualTo(10);
  }

  @Test
  void aRoundThatTooManyVotersBlockTellsHowLong() {
    begin(other);
    promise(A, 1, atGenesis);
    promise(B, 1, atGenesis);
    refuse(A, Message.Refused.Reason.LEASED, Ballot.ZERO, 300);
    refuse(B, Message.Refused.Reason.JUST_STARTED, Ballot.ZERO, 400);

    assertThat(outcomes).containsExactly(new Outcome.Blocked(400));
  }

  @Test
  void aTakeoverIsNotProposedOverLeasesOfAMajority() {
    LiveGrant grant = new LiveGrant(B, SlotSet.range(1, 1), 250);
    begin(takeover());
    promise(A, atGenesis, grant);
    promise(B, atGenesis, grant);

    assertThat(outcomes).containsExactly(new Outcome.Blocked(250));
    assertThat(sent(Message.Accept.class)).isEmpty();
  }

  @Test
  void aTakeoverGoesPastAVoterWhoseLeaseAloneStillRuns() {
    begin(takeover());
    promise(A, atGenesis, new LiveGrant(B, SlotSet.range(1, 1), 250));
    promise(B, atGenesis);
    assertThat(sent(Message.Accept.class)).as("one more may be free").isEmpty();
    promise(C, atGenesis);

    assertThat(sent(Message.Accept.class)).containsExactly(A, B, C);
  }

  @Test
  void leasesThatAChangeLeavesAloneDoNotKeepItBack() {
    begin(other);
    promise(A, atGenesis, new LiveGrant(B, SlotSet.range(1, 1), 250));
    promise(B, atGenesis, new LiveGrant(B, SlotSet.range(1, 1), 250));

    assertThat(sent(Message.Accept.class)).isNotEmpty();
  }

  @Test
  void aRoundBegunAnewAbandonsTheOneUnderWay() {
    begin(other);
    begin(other);
    assertThat(outcomes).containsExactly(new Outcome.Abandoned(false));
    promise(A, 1, atGenesis);
    promise(B, 1, atGenesis);
    assertThat(sent(Message.Accept.class)).as("promises of the first").isEmpty();

    promise(A, 2, atGenesis);
    promise(B, 2, atGenesis);
    proposer.abandon();
    assertThat(outcomes.getLast()).isEqualTo(new Outcome.Abandoned(true));
    accepted(A, 2);
    accepted(B, 2);
    assertThat(known.value()).isEqualTo(genesis);
  }

  @Test
  void aValueOfAnotherClusterIsNeverLearnt() {
    RegisterValue stranger =
        new RegisterValue(
            new Ballot(9, B),
            new ClusterId("d".repeat(ClusterId.LENGTH)),
            9,
            genesis.voters(),
            genesis.votersId(),
            genesis.topology().withEpoch(9));

    assertThat(known.learn(stranger, 0)).isFalse();
    assertThat(known.value()).isEqualTo(genesis);
  }

  private RegisterChange takeover() {
    return RegisterChange.of(topology -> Values.withOwner(topology, 1, A));
  }

  /** Why joint cannot be left, if it cannot; the value found is {@code joint}. */
  private @Nullable String leaving(RegisterValue joint, long now) {
    begin(RegisterChange.leaveJoint());
    outcomes.clear();
    long counter = state.lastCounter();
    for (NodeId voter : List.of(A, B, C, D, E)) {
      proposer.onPromise(
          voter,
          new Message.Promise(ballot(counter), new AcceptedValue(joint.id(), joint), List.of()),
          now);
    }
    return outcomes.isEmpty() ? null : ((Outcome.PreconditionFailed) outcomes.getFirst()).message();
  }

  private static RegisterValue joint(RegisterValue value, Ballot ballot, Set<NodeId> next) {
    return Values.after(value, ballot, jointly(value.voters().all(), next));
  }

  private static Voters jointly(Set<NodeId> old, Set<NodeId> next) {
    return new Voters.Joint(new TreeSet<>(old), new TreeSet<>(next));
  }

  private void begin(RegisterChange change) {
    sent.clear();
    proposer.begin(change, outcomes::add);
  }

  private void promise(NodeId voter, AcceptedValue accepted, LiveGrant... grants) {
    proposer.onPromise(voter, new Message.Promise(ballot(1), accepted, List.of(grants)), 0);
  }

  private void promise(NodeId voter, long counter, @Nullable AcceptedValue accepted) {
    proposer.onPromise(voter, new Message.Promise(ballot(counter), accepted, List.of()), 0);
  }

  private void accepted(NodeId voter, long counter) {
    proposer.onAccepted(voter, new Message.Accepted(ballot(counter)), 0);
  }

  private void refuse(NodeId voter, Message.Refused.Reason reason, Ballot promised, long wait) {
    proposer.onRefused(voter, new Message.Refused(ballot(1), reason, promised, wait));
  }

  private RegisterValue accepting() {
    return sent.stream()
        .map(Sent::message)
        .filter(Message.Accept.class::isInstance)
        .map(message -> ((Message.Accept) message).value())
        .findFirst()
        .orElseThrow();
  }

  private List<NodeId> sent(Class<? extends Message> kind) {
    return sent.stream().filter(each -> kind.isInstance(each.message())).map(Sent::to).toList();
  }

  private static Ballot ballot(long counter) {
    return new Ballot(counter, A);
  }
}
