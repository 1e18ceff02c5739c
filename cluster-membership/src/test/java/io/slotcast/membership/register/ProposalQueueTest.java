package io.slotcast.membership.register;

import static io.slotcast.membership.register.Values.A;
import static io.slotcast.membership.register.Values.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.TopologyChange;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Node A brings changes through with B as the one voter, which answers as the test says. */
class ProposalQueueTest {
  private static final long ROUND = 500;
  private static final long BACK_OFF = 10;
  private static final long LONG = 100_000;

  private final List<Message> sent = new ArrayList<>();
  private final List<Outcome> first = new ArrayList<>();
  private final List<Outcome> second = new ArrayList<>();
  private final RegisterValue genesis = Values.genesis(B);
  private final KnownValue known = new KnownValue(genesis, 0);
  private final DurableState state = DurableState.start(AcceptorState.fresh(), any -> {});
  private final Proposer proposer =
      new Proposer(A, state, known, (to, message) -> sent.add(message), any -> {});
  private final ProposalQueue queue =
      new ProposalQueue(proposer, new SplittableRandom(1), ROUND, BACK_OFF);

  /** Gives slot 1, and can be made only once. */
  private final RegisterChange once =
      RegisterChange.of(
          topology -> {
            if (topology.slotsOf(A).contains(1)) {
              throw new TopologyChange.RefusedException("it has the slot");
            }
            return Values.withOwner(topology, 1, A);
          });

  @Test
  void changesGoThroughOneAfterTheOther() {
    queue.submit(once, LONG, 0, first::add);
    queue.submit(RegisterChange.of(topology -> topology), LONG, 0, second::add);
    promise(new AcceptedValue(Ballot.ZERO, genesis), 1);
    accepted(1);
    RegisterValue committed = known.value();

    assertThat(first).containsExactly(new Outcome.Committed(committed));
    promise(new AcceptedValue(committed.id(), committed), 2);
    accepted(2);
    assertThat(second).containsExactly(new Outcome.Committed(known.value()));
    assertThat(known.value().epoch()).isEqualTo(2);
    assertThat(queue.isIdle()).isTrue();
    assertThat(queue.roundsCommitted()).isEqualTo(2);
  }

  @Test
  void aRoundThatIsNotAnsweredIsBegunAgainWithAHigherBallot() {
    queue.submit(once, LONG, 0, first::add);
    queue.tick(ROUND - 1);
    assertThat(prepared()).isEqualTo(1);
    queue.tick(ROUND);
    queue.tick(ROUND + BACK_OFF);

    assertThat(prepared()).isEqualTo(2);
    assertThat(first).isEmpty();
    assertThat(queue.roundsFailed()).isEqualTo(1);
  }

  @Test
  void afterADuelItPausesAtRandomAndWithinABoundThatDoubles() {
    queue.submit(once, LONG, 0, first::add);
    long now = 0;
    for (int duels = 0; duels < 10; duels++) {
      long counter = prepared();
      refuse(counter, Message.Refused.Reason.OUTRUN, 0, now);
      assertThat(prepared()).as("no round at once").isEqualTo(counter);
      now += (BACK_OFF << Math.min(duels, 6)) + 1;
      queue.tick(now);
      assertThat(prepared()).isEqualTo(counter + 1);
    }
    assertThat(first).isEmpty();
  }

  @Test
  void aBlockedChangeWaitsAndLetsOthersPass() {
    queue.submit(once, LONG, 0, first::add);
    promise(new AcceptedValue(Ballot.ZERO, genesis), 1);
    refuse(1, Message.Refused.Reason.LEASED, 300, 0);
    queue.submit(RegisterChange.identity(), LONG, 1, second::add);
    promise(new AcceptedValue(Ballot.ZERO, genesis), 2);
    accepted(2);
    assertThat(second).hasSize(1);
    assertThat(first).isEmpty();

    queue.tick(299);
    assertThat(prepared()).isEqualTo(2);
    queue.tick(300 + BACK_OFF);
    assertThat(prepared()).isEqualTo(3);
  }

  @Test
  void aFailedPreconditionIsToldAtOnceIfNothingWasProposed() {
    queue.submit(once, LONG, 0, first::add);
    Topology taken = Values.withOwner(genesis.topology(), 1, A);
    RegisterValue next = Values.after(genesis, new Ballot(1, B), taken);
    promise(new AcceptedValue(next.id(), next), 1);

    assertThat(first).containsExactly(new Outcome.PreconditionFailed("it has the slot"));
  }

  @Test
  void aValueOfItsOwnThatALaterRoundFindsIsCommittedNotChangedAgain() {
    queue.submit(once, LONG, 0, first::add);
    promise(new AcceptedValue(Ballot.ZERO, genesis), 1);
    RegisterValue own = accepting();
    queue.tick(ROUND);
    queue.tick(ROUND + BACK_OFF);
    promise(new AcceptedValue(own.id(), own), 2);
    accepted(2);

    assertThat(first).containsExactly(new Outcome.Committed(own));
  }

  @Test
  void aPreconditionThatItsOwnEarlierProposalMayHaveBrokenIsLeftOpen() {
    queue.submit(once, LONG, 0, first::add);
    promise(new AcceptedValue(Ballot.ZERO, genesis), 1);
    RegisterValue own = accepting();
    RegisterValue later = Values.after(own, new Ballot(2, B), own.topology());
    queue.tick(ROUND);
    queue.tick(ROUND + BACK_OFF);
    promise(new AcceptedValue(later.id(), later), 2);

    assertThat(first).containsExactly(new Outcome.Abandoned(true));
  }

  @Test
  void atItsDeadlineAChangeIsGivenUp() {
    queue.submit(once, 700, 0, first::add);
    queue.submit(once, 600, 0, second::add);
    queue.tick(ROUND);
    queue.tick(650);
    assertThat(second).containsExactly(new Outcome.Abandoned(false));
    queue.tick(700);

    assertThat(first).containsExactly(new Outcome.Abandoned(false));
    assertThat(queue.isIdle()).isTrue();
    assertThat(proposer.isBusy()).isFalse();
  }

  private long prepared() {
    return sent.stream()
        .filter(Message.Prepare.class::isInstance)
        .mapToLong(message -> ((Message.Prepare) message).ballot().counter())
        .max()
        .orElse(0);
  }

  private RegisterValue accepting() {
    return ((Message.Accept) sent.getLast()).value();
  }

  private void promise(AcceptedValue accepted, long counter) {
    proposer.onPromise(B, new Message.Promise(ballot(counter), accepted, List.of()), 0);
    queue.tick(0);
  }

  private void accepted(long counter) {
    proposer.onAccepted(B, new Message.Accepted(ballot(counter)), 0);
    queue.tick(0);
  }

  private void refuse(long counter, Message.Refused.Reason reason, long wait, long now) {
    proposer.onRefused(B, new Message.Refused(ballot(counter), reason, ballot(counter), wait));
    queue.tick(now);
  }

  private static Ballot ballot(long counter) {
    return new Ballot(counter, A);
  }
}
