package io.slotcast.membership.lease;

import static io.slotcast.membership.register.Values.A;
import static io.slotcast.membership.register.Values.B;
import static io.slotcast.membership.register.Values.C;
import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.register.LeaseNumber;
import io.slotcast.membership.register.LiveGrant;
import io.slotcast.membership.register.Message;
import io.slotcast.membership.register.Values;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 10 and 12 at the voter, one situation each. */
class GrantTableTest {
  private static final long SECOND = 1_000_000_000L;
  private static final SlotSet SLOT = SlotSet.range(0, 0);
  private static final SlotSet OTHER = SlotSet.range(5, 5);

  private final List<Message> answers = new ArrayList<>();
  private final GrantTable grants = new GrantTable((to, message) -> answers.add(message));
  private final Topology topology = Values.topology(7, A, B, C);

  /** A topology that takes {@link #SLOT} from A. */
  private final Topology takeover = Values.withOwner(topology, 0, B);

  @Test
  void aRequestIsGrantedForItsLengthFromWhenItIsRead() {
    request(A, 1, SLOT, 7, SECOND, 100);

    assertThat(answers).containsExactly(new Message.LeaseGranted(number(1), SLOT, 0));
    assertThat(grants.forbids(takeover, 100)).isEqualTo(SECOND);
    assertThat(grants.forbids(takeover, 99 + SECOND)).isEqualTo(1);
    assertThat(grants.forbids(takeover, 100 + SECOND)).isZero();
    assertThat(grants.forbids(topology, 100)).isZero();
  }

  @Test
  void aRequestOfAnEarlierEpochThanAcceptedIsRefused() {
    grants.onRequest(A, new Message.LeaseRequest(number(1), SLOT, 7, SECOND), 8, 0);

    assertThat(answers).containsExactly(new Message.LeaseRefused(number(1), 8));
    assertThat(grants.live(0)).isEmpty();
  }

  @Test
  void aRequestOfAnEarlierEpochThanGrantedForIsRefused() {
    request(B, 1, OTHER, 9, SECOND, 0);
    request(A, 1, SLOT, 8, SECOND, 0);
    request(A, 2, SLOT, 9, SECOND, 0);

    assertThat(answers.get(1)).isEqualTo(new Message.LeaseRefused(number(1), 9));
    assertThat(answers.get(2)).isEqualTo(new Message.LeaseGranted(number(2), SLOT, 0));
  }

  @Test
  void aLateRequestWithALowerNumberChangesNothing() {
    request(A, 2, SLOT, 7, SECOND, 0);
    request(A, 1, SLOT, 7, 5 * SECOND, 0);

    assertThat(answers.getLast())
        .isEqualTo(new Message.LeaseGranted(number(1), SlotSet.empty(), 0));
    assertThat(grants.live(0)).containsExactly(new LiveGrant(A, SLOT, SECOND));
    release(A, 1);
    assertThat(grants.forbids(takeover, 0)).isPositive();
  }

  @Test
  void aShorterRenewalNeverBringsTheEndForward() {
    request(A, 1, SLOT, 7, 5 * SECOND, 0);
    request(A, 2, SLOT, 7, SECOND, 0);

    assertThat(grants.live(0)).containsExactly(new LiveGrant(A, SLOT, 5 * SECOND));
    release(A, 1);
    assertThat(grants.forbids(takeover, 0)).isEqualTo(5 * SECOND);
  }

  @Test
  void aRenewalForFewerSlotsLeavesTheOthersAsTheyWere() {
    request(A, 1, SLOT.union(OTHER), 7, SECOND, 0);
    request(A, 2, SLOT, 7, 2 * SECOND, 0);

    assertThat(grants.live(0))
        .containsExactlyInAnyOrder(
            new LiveGrant(A, SLOT, 2 * SECOND), new LiveGrant(A, OTHER, SECOND));
  }

  @Test
  void theNextOwnerIsGrantedBesideTheFormerOneWhoseGrantGoesOnBinding() {
    request(A, 1, SLOT, 7, SECOND, 0);
    request(B, 1, SLOT, 8, 2 * SECOND, 0);

    assertThat(answers.getLast()).isEqualTo(new Message.LeaseGranted(number(1), SLOT, 0));
    assertThat(grants.forbids(takeover, 0)).as("A may count on it").isEqualTo(SECOND);
    assertThat(grants.forbids(topology, 0)).as("so may B").isEqualTo(2 * SECOND);
    assertThat(grants.forbids(takeover, SECOND)).isZero();
  }

  @Test
  void aReleaseDropsWhatWasGrantedUpToItsNumberOnly() {
    request(A, 1, SLOT.union(OTHER), 7, SECOND, 0);
    release(A, 1);
    assertThat(grants.live(0)).containsExactly(new LiveGrant(A, OTHER, SECOND));

    request(A, 2, SLOT, 7, SECOND, 0);
    release(A, 1);
    assertThat(grants.forbids(takeover, 0)).isPositive();
    release(A, 2);
    assertThat(grants.live(0)).containsExactly(new LiveGrant(A, OTHER, SECOND));
  }

  @Test
  void aRequestThatItsReleaseOvertookOnTheWayIsNotGranted() {
    release(A, 3);
    request(A, 3, SLOT, 7, SECOND, 0);
    assertThat(answers.getLast())
        .isEqualTo(new Message.LeaseGranted(number(3), SlotSet.empty(), 0));
    assertThat(grants.forbids(takeover, 0)).isZero();

    request(A, 4, SLOT, 7, SECOND, 0);
    assertThat(grants.forbids(takeover, 0)).as("served again").isEqualTo(SECOND);
  }

  @Test
  void nobodyReleasesWhatAnotherWasGranted() {
    request(A, 1, SLOT, 7, SECOND, 0);
    release(B, 9);

    assertThat(grants.forbids(takeover, 0)).isEqualTo(SECOND);
  }

  @Test
  void grantsTellTheHighestEpochThatWasBlockedUntilTheVoterAccepts() {
    request(A, 1, SLOT, 7, SECOND, 0);
    assertThat(grants.forbids(takeover.withEpoch(9), 0)).isPositive();
    request(A, 2, SLOT, 7, SECOND, 0);
    assertThat(answers.getLast()).isEqualTo(new Message.LeaseGranted(number(2), SLOT, 9));

    grants.onAccepted();
    request(A, 3, SLOT, 7, SECOND, 0);
    assertThat(answers.getLast()).isEqualTo(new Message.LeaseGranted(number(3), SLOT, 0));
  }

  private void request(
      NodeId from, long sequence, SlotSet slots, long epoch, long length, long now) {
    grants.onRequest(
        from, new Message.LeaseRequest(number(sequence), slots, epoch, length), 7, now);
  }

  private void release(NodeId from, long sequence) {
    grants.onRelease(from, new Message.LeaseReleased(number(sequence), SLOT));
  }

  private static LeaseNumber number(long sequence) {
    return new LeaseNumber(1, sequence);
  }
}
