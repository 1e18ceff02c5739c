package io.slotcast.membership.register;

import static io.slotcast.membership.register.Values.A;
import static io.slotcast.membership.register.Values.B;
import static io.slotcast.membership.register.Values.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.membership.lease.GrantTable;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 2, 4 and 5, one situation each. */
class AcceptorTest {
  private static final long SECOND = 1_000_000_000L;

  private final RegisterValue genesis = Values.genesis(A, B, C);
  private final List<Message> answers = new ArrayList<>();
  private final List<AcceptorState> saved = new ArrayList<>();
  private final Outbox outbox = (to, message) -> answers.add(message);
  private final GrantTable grants = new GrantTable((to, message) -> {});
  private final DurableState state =
      DurableState.start(AcceptorState.fresh().founding(genesis), saved::add);
  private final Acceptor acceptor = new Acceptor(state, grants, outbox, 0, true);

  @Test
  void aPromiseIsDurableBeforeItLeavesAndCarriesWhatWasAccepted() {
    DurableState watched =
        DurableState.start(
            AcceptorState.fresh().founding(genesis),
            state -> {
              assertThat(answers).isEmpty();
              saved.add(state);
            });
    new Acceptor(watched, grants, outbox, 0, true).onPrepare(B, new Message.Prepare(ballot(3)), 0);

    assertThat(saved.getLast().promised()).isEqualTo(ballot(3));
    assertThat(answers)
        .containsExactly(
            new Message.Promise(ballot(3), new AcceptedValue(Ballot.ZERO, genesis), List.of()));
  }

  @Test
  void aLowerBallotIsRefusedAndTheSameOnePromisedAgain() {
    prepare(5);
    prepare(4);
    prepare(5);

    assertThat(answers).hasSize(3);
    assertThat(answers.get(1))
        .isEqualTo(new Message.Refused(ballot(4), Message.Refused.Reason.OUTRUN, ballot(5), 0));
    assertThat(answers.get(2)).isInstanceOf(Message.Promise.class);
  }

  @Test
  void anAcceptedValueIsDurableAndTheSameAcceptIsAnsweredAgain() {
    RegisterValue value = next();
    accept(4, value);
    int saves = saved.size();
    accept(4, value);

    assertThat(saved.getLast().accepted()).isEqualTo(new AcceptedValue(ballot(4), value));
    assertThat(saved.getLast().promised()).isEqualTo(ballot(4));
    assertThat(saved).hasSize(saves);
    assertThat(answers)
        .containsExactly(new Message.Accepted(ballot(4)), new Message.Accepted(ballot(4)));
  }

  @Test
  void anAcceptBelowThePromiseIsRefused() {
    prepare(5);
    accept(4, next());

    assertThat(answers.getLast())
        .isEqualTo(new Message.Refused(ballot(4), Message.Refused.Reason.OUTRUN, ballot(5), 0));
    assertThat(acceptor.acceptedEpoch()).isZero();
  }

  @Test
  void aRestartedVoterPromisesButAcceptsNothingUntilWhatItGrantedHasRunOut() {
    Acceptor restarted = new Acceptor(state, grants, outbox, 0, false);

    restarted.onPrepare(B, new Message.Prepare(ballot(1)), SECOND);
    restarted.onAccept(B, new Message.Accept(ballot(1), next()), SECOND);
    restarted.onAccept(B, new Message.Accept(ballot(1), next()), 5 * SECOND);

    assertThat(answers.get(0)).isInstanceOf(Message.Promise.class);
    assertThat(answers.get(1))
        .isEqualTo(
            new Message.Refused(
                ballot(1), Message.Refused.Reason.JUST_STARTED, ballot(1), 4 * SECOND));
    assertThat(answers.get(2)).isEqualTo(new Message.Accepted(ballot(1)));
  }

  @Test
  void aValueThatTakesALeasedSlotIsBlockedUntilTheLeaseEnds() {
    grants.onRequest(A, request(A, 2 * SECOND), 0, 0);
    RegisterValue takeover =
        Values.after(genesis, ballot(1), Values.withOwner(genesis.topology(), 0, B));

    acceptor.onAccept(B, new Message.Accept(ballot(1), takeover), SECOND);
    acceptor.onAccept(B, new Message.Accept(ballot(1), next()), SECOND);
    acceptor.onAccept(B, new Message.Accept(ballot(2), takeover), 2 * SECOND);

    assertThat(answers.get(0))
        .isEqualTo(
            new Message.Refused(ballot(1), Message.Refused.Reason.LEASED, Ballot.ZERO, SECOND));
    assertThat(answers.get(1)).isEqualTo(new Message.Accepted(ballot(1)));
    assertThat(answers.get(2)).isEqualTo(new Message.Accepted(ballot(2)));
  }

  @Test
  void aLeaseBindsEvenWhereTheVoterItselfAcceptedATakeover() {
    RegisterValue takeover =
        Values.after(genesis, ballot(1), Values.withOwner(genesis.topology(), 0, B));
    accept(1, takeover);
    grants.onRequest(
        A, new Message.LeaseRequest(new LeaseNumber(1, 1), SlotSet.range(0, 0), 1, SECOND), 1, 0);

    acceptor.onAccept(B, new Message.Accept(ballot(2), takeover), 0);

    assertThat(answers.getLast())
        .isEqualTo(
            new Message.Refused(ballot(2), Message.Refused.Reason.LEASED, ballot(1), SECOND));
  }

  @Test
  void promisesReportTheLeasesThatRun() {
    grants.onRequest(A, request(A, 2 * SECOND), 0, 0);

    acceptor.onPrepare(B, new Message.Prepare(ballot(1)), SECOND);

    assertThat(answers)
        .containsExactly(
            new Message.Promise(
                ballot(1),
                new AcceptedValue(Ballot.ZERO, genesis),
                List.of(new LiveGrant(A, SlotSet.range(0, 0), SECOND))));
  }

  @Test
  void aStateThatCannotBeSavedIsNeverAnswered() {
    DurableState broken =
        DurableState.start(
            AcceptorState.fresh().founding(genesis),
            state -> {
              if (!state.promised().equals(Ballot.ZERO)) {
                throw new UncheckedIOException(new IOException("disk full"));
              }
            });
    Acceptor failing = new Acceptor(broken, grants, outbox, 0, true);

    assertThatThrownBy(() -> failing.onPrepare(B, new Message.Prepare(ballot(1)), 0))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(answers).isEmpty();
    assertThat(broken.current().promised()).isEqualTo(Ballot.ZERO);
  }

  private void prepare(long counter) {
    acceptor.onPrepare(B, new Message.Prepare(ballot(counter)), 0);
  }

  private void accept(long counter, RegisterValue value) {
    acceptor.onAccept(B, new Message.Accept(ballot(counter), value), 0);
  }

  private RegisterValue next() {
    return Values.after(genesis, ballot(1), genesis.topology());
  }

  private static Message.LeaseRequest request(NodeId holder, long length) {
    return new Message.LeaseRequest(
        new LeaseNumber(1, 1), Values.topology(0, A, B, C).slotsOf(holder), 0, length);
  }

  private static Ballot ballot(long counter) {
    return new Ballot(counter, B);
  }
}
