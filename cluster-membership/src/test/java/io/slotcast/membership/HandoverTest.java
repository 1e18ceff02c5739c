package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.membership.control.ControlPlane;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Slots that a node stops serving, to hand them over. */
class HandoverTest {
  private static final SlotSet SOME = SlotSet.range(100, 199);

  @Test
  void stoppedSlotsAreNotServedTheOthersAreAndNobodyThinksThatTheLeaseRanOut() {
    try (TestCluster cluster = TestCluster.started(3, 0)) {
      cluster.awaitFormed();
      ControlPlane owner = cluster.node(0);

      assertThat(owner.stopServing(SOME)).succeedsWithin(TestCluster.PATIENCE);

      assertThat(owner.servingRight().holds(100)).isFalse();
      assertThat(owner.servingRight().holds(99)).isTrue();
      assertThat(owner.statistics().leaseHeld()).isTrue();
      assertThat(owner.statistics().leaseLapses()).isZero();

      assertThat(owner.serveAgain(SOME)).succeedsWithin(TestCluster.PATIENCE);
      await().atMost(TestCluster.PATIENCE).until(() -> owner.servingRight().holds(100));
    }
  }

  @Test
  void theNextOwnerServesThemAndCanHandThemBack() {
    try (TestCluster cluster = TestCluster.started(3, 0)) {
      Topology before = cluster.awaitFormed();
      NodeId owner = cluster.self(0).id();
      NodeId heir = cluster.self(1).id();

      assertThat(cluster.node(0).stopServing(SOME)).succeedsWithin(TestCluster.PATIENCE);
      assertThat(cluster.node(1).topology().propose(found -> move(found, owner, heir, SOME)))
          .succeedsWithin(TestCluster.PATIENCE);
      await()
          .pollInterval(10, TimeUnit.MILLISECONDS)
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(1).servingRight().holds(100));
      assertThat(cluster.node(0).topology().current().slotsOf(owner))
          .isEqualTo(before.slotsOf(owner).minus(SOME));

      // The way back: what was stopped once is not stopped for ever.
      assertThat(cluster.node(1).stopServing(SOME)).succeedsWithin(TestCluster.PATIENCE);
      assertThat(cluster.node(0).topology().propose(found -> move(found, heir, owner, SOME)))
          .succeedsWithin(TestCluster.PATIENCE);
      await().atMost(TestCluster.PATIENCE).until(() -> cluster.node(0).servingRight().holds(100));
    }
  }

  private static Topology move(Topology found, NodeId from, NodeId to, SlotSet slots)
      throws TopologyChange.RefusedException {
    if (!found.slotsOf(from).containsAll(slots)) {
      throw new TopologyChange.RefusedException("they are not its slots");
    }
    Shard source = found.shardOf(from).orElseThrow();
    Shard target = found.shardOf(to).orElseThrow();
    long epoch = found.epoch() + 1;
    return found
        .withShard(withSlots(source, source.slots().minus(slots), epoch))
        .withShard(withSlots(target, target.slots().union(slots), epoch));
  }

  private static Shard withSlots(Shard shard, SlotSet slots, long epoch) {
    return new Shard(shard.id(), shard.primary(), shard.replicas(), slots, epoch);
  }

  @Test
  void aSlotHasOneHandoverAtATimeAndOnlyItsOwnerBeginsOne() {
    try (TestCluster cluster = TestCluster.started(3, 0)) {
      cluster.awaitFormed();
      ControlPlane owner = cluster.node(0);
      assertThat(owner.stopServing(SOME)).succeedsWithin(TestCluster.PATIENCE);

      assertRefused(owner, SlotSet.range(199, 200), "some of these slots are being handed over");
      assertThat(owner.servingRight().holds(200)).isTrue();
      assertRefused(cluster.node(1), SOME, "this node does not own all of these slots");
    }
  }

  private static void assertRefused(ControlPlane node, SlotSet slots, String why) {
    assertThat(node.stopServing(slots))
        .failsWithin(TestCluster.PATIENCE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(TopologyChange.RefusedException.class)
        .withMessage(why);
  }

  @Test
  void aNodeThatClosesBreaksItsPromises() {
    try (TestCluster cluster = TestCluster.started(1, 0)) {
      cluster.awaitFormed();
      ControlPlane node = cluster.node(0);
      cluster.kill(0);

      assertThat(node.stopServing(SOME).toCompletableFuture()).isCancelled();
      assertThat(node.serveAgain(SOME).toCompletableFuture()).isCancelled();
    }
  }
}
