package io.slotcast.membership.lease;

import static io.slotcast.membership.register.Values.A;
import static io.slotcast.membership.register.Values.B;
import static io.slotcast.membership.register.Values.C;
import static io.slotcast.membership.register.Values.D;
import static io.slotcast.membership.register.Values.E;
import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.KnownValue;
import io.slotcast.membership.register.LeaseNumber;
import io.slotcast.membership.register.Message;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.membership.register.Values;
import io.slotcast.membership.register.Voters;
import io.slotcast.router.NodeId;
import io.slotcast.router.ServingRight;
import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules 9, 11 and 12 at the primary, one situation each. Node A owns slot 0. */
class LeaseHolderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long COUNTED = SECOND / 100 * 95;
  private static final int SLOT = 0;
  private static final SlotSet SLOTS = SlotSet.range(SLOT, SLOT);

  private record Sent(NodeId to, Message message) {}

  private final List<Sent> sent = new ArrayList<>();
  private final RegisterValue genesis = Values.genesis(A, B, C);
  private final KnownValue known = new KnownValue(genesis, 0);
  private final LeaseHolder lease =
      new LeaseHolder(A, 3, known, (to, message) -> sent.add(new Sent(to, message)));

  @Test
  void allVotersAreAskedForTheSlotsOwned() {
    assertThat(lease.renew(SECOND, 0)).isTrue();

    assertThat(sent).extracting(Sent::to).containsExactlyInAnyOrder(A, B, C);
    assertThat(sent)
        .extracting(Sent::message)
        .containsOnly(new Message.LeaseRequest(number(1), SLOTS, 0, SECOND));
  }

  @Test
  void aMajorityCountsFromWhenItWasAskedUntilWhatDriftMayTake() {
    lease.renew(SECOND, 100);
    granted(B, 1, 100 + SECOND / 2);
    assertThat(lease.holds(SLOT, 100 + SECOND / 2)).as("one of three").isFalse();
    granted(C, 1, 100 + SECOND / 2);

    assertThat(lease.holds(SLOT, 100 + SECOND / 2)).isTrue();
    assertThat(lease.holds(SLOT, 99 + COUNTED)).isTrue();
    assertThat(lease.holds(SLOT, 100 + COUNTED)).isFalse();
    assertThat(lease.holds(1, 100)).as("a slot of another node").isFalse();
  }

  @Test
  void aGrantThatComesTwiceOrFromAnEarlierRunCountsOnce() {
    lease.renew(SECOND, 0);
    granted(B, 1, 0);
    granted(B, 1, 0);
    lease.onGranted(C, new Message.LeaseGranted(new LeaseNumber(2, 1), SLOTS, 0), 0);

    assertThat(lease.holds(SLOT, 0)).isFalse();
  }

  @Test
  void renewalsCarryOnFromTheOlderOfAMajority() {
    lease.renew(SECOND, 0);
    granted(B, 1, 0);
    granted(C, 1, 0);
    lease.renew(SECOND, SECOND / 2);
    granted(B, 2, SECOND / 2);
    assertThat(lease.holds(SLOT, COUNTED)).as("B alone is renewed").isFalse();

    granted(A, 2, SECOND / 2);
    assertThat(lease.holds(SLOT, COUNTED)).isTrue();
    assertThat(lease.holds(SLOT, SECOND / 2 + COUNTED)).isFalse();
  }

  @Test
  void whileVotersChangeAMajorityOfBothSetsIsNeeded() {
    lease.renew(SECOND, 0);
    granted(B, 1, 0);
    granted(C, 1, 0);
    Voters joint = new Voters.Joint(new TreeSet<>(Set.of(A, B, C)), new TreeSet<>(Set.of(C, D, E)));
    known.learn(Values.after(genesis, new Ballot(1, A), joint), 0);
    assertThat(lease.holds(SLOT, 0)).isFalse();

    lease.renew(SECOND, 0);
    granted(D, 2, 0);
    assertThat(lease.holds(SLOT, 0)).isTrue();
  }

  @Test
  void aSlotThatIsLostIsNotServedFromTheMomentItIsKnown() {
    lease.renew(SECOND, 0);
    granted(B, 1, 0);
    granted(C, 1, 0);
    known.learn(
        Values.after(genesis, new Ballot(1, B), Values.withOwner(genesis.topology(), SLOT, B)), 0);

    assertThat(lease.holds(SLOT, 0)).isFalse();
    assertThat(lease.renew(SECOND, 0)).as("nothing is left to ask for").isFalse();
  }

  @Test
  void aStoppedSlotIsReleasedByNumberAndEarlierGrantsNeverCountAgain() {
    lease.renew(SECOND, 0);
    granted(B, 1, 0);
    granted(C, 1, 0);
    sent.clear();
    lease.stop(SLOTS);

    assertThat(lease.holds(SLOT, 0)).isFalse();
    assertThat(sent)
        .extracting(Sent::message)
        .containsOnly(new Message.LeaseReleased(number(1), SLOTS));
    lease.resume(SLOTS);
    granted(A, 1, 0);
    granted(B, 1, 0);
    assertThat(lease.holds(SLOT, 0)).as("asked for before the stop").isFalse();

    lease.renew(SECOND, 0);
    granted(A, 2, 0);
    granted(B, 2, 0);
    assertThat(lease.holds(SLOT, 0)).isTrue();
  }

  @Test
  void aStoppedSlotIsNotAskedFor() {
    lease.stop(SLOTS);

    assertThat(lease.renew(SECOND, 0)).isFalse();
    assertThat(lease.stopped()).isEqualTo(SLOTS);
  }

  @Test
  void voidedLeasesAreGoneAndSoIsWhatWasAskedFor() {
    lease.renew(SECOND, 0);
    granted(A, 1, 0);
    granted(B, 1, 0);
    lease.voidAll();
    granted(C, 1, 0);
    granted(B, 1, 0);
    assertThat(lease.holds(SLOT, 0)).isFalse();

    lease.renew(SECOND, 0);
    granted(C, 2, 0);
    granted(B, 2, 0);
    assertThat(lease.holds(SLOT, 0)).isTrue();
  }

  @Test
  void theEpochsThatVotersTellOfAreHeard() {
    lease.renew(SECOND, 0);
    lease.onRefused(new Message.LeaseRefused(number(1), 4));
    assertThat(lease.heardEpoch()).isEqualTo(4);
    lease.onGranted(B, new Message.LeaseGranted(number(1), SLOTS, 6), 0);
    assertThat(lease.heardEpoch()).isEqualTo(6);
    lease.onRefused(new Message.LeaseRefused(new LeaseNumber(2, 9), 9));
    assertThat(lease.heardEpoch()).as("an answer to an earlier run").isEqualTo(6);

    lease.forgetHeard();
    assertThat(lease.heardEpoch()).isZero();
  }

  @Test
  void theServingRightReadsItsClock() {
    long[] now = {0};
    ServingRight right = lease.servingRight(() -> now[0]);
    lease.renew(SECOND, 0);
    granted(A, 1, 0);
    granted(B, 1, 0);

    assertThat(right.holds(SLOT)).isTrue();
    now[0] = COUNTED;
    assertThat(right.holds(SLOT)).isFalse();
  }

  @Test
  void aNodeWithoutSlotsHoldsAllItOwns() {
    assertThat(lease.holdsAll(0)).isFalse();
    known.learn(
        Values.after(genesis, new Ballot(1, B), Values.withOwner(genesis.topology(), SLOT, B)), 0);

    assertThat(lease.holdsAll(0)).isTrue();
  }

  @Test
  void slotsUnderDifferentLeasesEndEachAtItsOwnTime() {
    known.learn(
        Values.after(genesis, new Ballot(1, A), Values.withOwner(genesis.topology(), 1, A)), 0);
    SlotSet both = SlotSet.range(0, 1);
    lease.renew(SECOND, 0);
    lease.onGranted(A, new Message.LeaseGranted(number(1), both, 0), 0);
    lease.onGranted(B, new Message.LeaseGranted(number(1), both, 0), 0);
    lease.renew(SECOND, SECOND / 2);
    lease.onGranted(A, new Message.LeaseGranted(number(2), both, 0), 0);
    lease.onGranted(C, new Message.LeaseGranted(number(2), SLOTS, 0), 0);

    assertThat(lease.holds(0, COUNTED)).isTrue();
    assertThat(lease.holds(1, COUNTED - 1)).isTrue();
    assertThat(lease.holds(1, COUNTED)).isFalse();
    assertThat(lease.holdsAll(COUNTED)).isFalse();
    assertThat(lease.holdsAll(COUNTED - 1)).isTrue();
  }

  private void granted(NodeId voter, long sequence, long now) {
    lease.onGranted(voter, new Message.LeaseGranted(number(sequence), SLOTS, 0), now);
  }

  private static LeaseNumber number(long sequence) {
    return new LeaseNumber(3, sequence);
  }
}
