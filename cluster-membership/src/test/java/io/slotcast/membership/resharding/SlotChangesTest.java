package io.slotcast.membership.resharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotChangesTest {
  private static final NodeId A = new NodeId("a".repeat(40));
  private static final NodeId B = new NodeId("b".repeat(40));
  private static final NodeId REPLICA = new NodeId("c".repeat(40));

  private final Topology topology =
      new Topology(
          5,
          List.of(Node.plain(A, "h", 1), Node.plain(B, "h", 2), Node.plain(REPLICA, "h", 3)),
          List.of(
              new Shard(new ShardId("1".repeat(40)), A, List.of(REPLICA), SlotSet.range(0, 99), 1),
              new Shard(new ShardId("2".repeat(40)), B, List.of(), SlotSet.range(100, 199), 1)),
          List.of());

  private static void assertRefused(TopologyChange change, Topology found) {
    assertThatThrownBy(() -> change.apply(found)).isInstanceOf(RefusedException.class);
  }

  @Test
  void bothEndsOfAMoveOpenTheSameSlot() throws Exception {
    Topology open = SlotChanges.open(7, A, B).apply(topology);
    assertThat(open.moves()).containsExactly(new SlotMove(7, A, B));
    assertThat(SlotChanges.open(7, A, B).apply(open)).isSameAs(open);
  }

  @Test
  void aSlotIsOpenedByItsOwnerToOneOtherPrimary() throws Exception {
    assertRefused(SlotChanges.open(7, B, A), topology);
    assertRefused(SlotChanges.open(7, A, A), topology);
    assertRefused(SlotChanges.open(7, A, REPLICA), topology);
    Topology open = SlotChanges.open(7, A, B).apply(topology);
    assertRefused(SlotChanges.open(7, B, A), open);
  }

  @Test
  void whatIsClosedStaysAtItsOwner() throws Exception {
    Topology open = SlotChanges.open(7, A, B).apply(topology);
    Topology closed = SlotChanges.close(7).apply(open);
    assertThat(closed.moves()).isEmpty();
    assertThat(closed.slotsOf(A).contains(7)).isTrue();
    assertThat(SlotChanges.close(7).apply(closed)).isSameAs(closed);
  }

  @Test
  void givingEndsTheMoveAndRaisesTheEpochOfBothShards() throws Exception {
    Topology open = SlotChanges.open(7, A, B).apply(topology);
    Topology given = SlotChanges.give(SlotSet.range(5, 9), A, B).apply(open);
    assertThat(given.slotsOf(B)).isEqualTo(SlotSet.range(100, 199).with(5, 9));
    assertThat(given.slotsOf(A).intersects(SlotSet.range(5, 9))).isFalse();
    assertThat(given.moves()).isEmpty();
    assertThat(given.shards()).allMatch(shard -> shard.epoch() == 6);
    assertThat(SlotChanges.give(SlotSet.range(5, 9), A, B).apply(given)).isSameAs(given);
  }

  @Test
  void nothingIsGivenByWhoDoesNotOwnIt() {
    assertRefused(SlotChanges.give(SlotSet.range(90, 110), A, REPLICA), topology);
    assertRefused(SlotChanges.give(SlotSet.range(300, 301), A, B), topology);
  }

  /** A round that lost is begun again, and may find that the target was restarted meanwhile. */
  @Test
  void whatARunOfTheTargetGotIsNotGivenToItsNextRun() throws Exception {
    SlotSet some = SlotSet.range(5, 9);
    TopologyChange giving = SlotChanges.give(some, A, B, 1);
    Topology restarted = topology.withNode(Node.plain(B, "h", 2).inRun(2));
    assertRefused(giving, restarted);
    assertThat(SlotChanges.give(some, A, B, 2).apply(restarted).slotsOf(B).containsAll(some))
        .isTrue();

    Topology given = giving.apply(topology);
    assertThat(given.slotsOf(B).containsAll(some)).isTrue();
    Topology givenBefore = given.withNode(Node.plain(B, "h", 2).inRun(2));
    assertThat(giving.apply(givenBefore)).isSameAs(givenBefore);
  }

  @Test
  void whatNobodyOwnsIsAssigned() throws Exception {
    Topology assigned = SlotChanges.assign(SlotSet.range(300, 301), B).apply(topology);
    assertThat(assigned.slotsOf(B).contains(301)).isTrue();
    assertRefused(SlotChanges.assign(SlotSet.range(99, 99), B), topology);
  }
}
