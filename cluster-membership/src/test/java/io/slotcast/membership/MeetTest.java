package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.membership.administration.NodeChanges;
import io.slotcast.membership.control.ControlPlane;
import io.slotcast.membership.resharding.SlotChanges;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are made one cluster by hand, and taken out of it. */
class MeetTest {
  private static final SlotSet LOW = SlotSet.range(0, 99);
  private static final SlotSet HIGH = SlotSet.range(100, 199);

  @TempDir private Path folder;

  private static void startByHand(TestCluster cluster, int index) {
    ControlPlane node = cluster.start(index, TestCluster::byHand);
    await().atMost(TestCluster.PATIENCE).until(() -> node.topology().current().epoch() > 0);
    assertThat(node.topology().current().assigned().isEmpty()).isTrue();
  }

  private static void own(TestCluster cluster, int index, SlotSet slots) {
    assertThat(
            cluster
                .node(index)
                .topology()
                .propose(SlotChanges.assign(slots, cluster.self(index).id())))
        .succeedsWithin(TestCluster.PATIENCE);
  }

  private static void meet(TestCluster cluster, int one, int other) {
    cluster.node(one).meet(cluster.config(other).bus());
  }

  @Test
  void nodesThatMeetKeepTheirSlotsAndFindEachOtherAgainWithoutSeeds() {
    try (TestCluster cluster = new TestCluster(4, 1, 0, folder)) {
      for (int i = 0; i < 4; i++) {
        startByHand(cluster, i);
      }
      own(cluster, 0, LOW);
      own(cluster, 1, HIGH);

      for (int i = 1; i < 4; i++) {
        meet(cluster, i, 0);
      }
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(0).topology().current().nodes().size() == 4);
      Topology met = cluster.awaitFormed();

      assertThat(met.slotsOf(cluster.self(0).id())).isEqualTo(LOW);
      assertThat(met.slotsOf(cluster.self(1).id())).isEqualTo(HIGH);
      assertThat(
              cluster
                  .node(3)
                  .topology()
                  .propose(NodeChanges.replicate(cluster.self(3).id(), cluster.self(1).id())))
          .succeedsWithin(TestCluster.PATIENCE);

      cluster.kill(3);
      cluster.kill(0);
      cluster.start(3, TestCluster::byHand);
      cluster.start(0, TestCluster::byHand);
      assertThat(cluster.awaitFormed().nodes()).hasSize(4);
    }
  }

  @Test
  void twoThatMeetEachOtherAndADeadNodeBecomeOne() {
    try (TestCluster cluster = new TestCluster(3, 1, 0, null)) {
      startByHand(cluster, 0);
      startByHand(cluster, 1);
      own(cluster, 0, LOW);

      meet(cluster, 0, 2);
      meet(cluster, 0, 1);
      meet(cluster, 1, 0);
      meet(cluster, 0, 1);

      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(0).topology().current().nodes().size() == 2);
      assertThat(cluster.awaitFormed().slotsOf(cluster.self(0).id())).isEqualTo(LOW);
    }
  }

  @Test
  void aNodeWhoseSlotHasAnOwnerStaysByItself() {
    try (TestCluster cluster = new TestCluster(2, 1, 0, null)) {
      startByHand(cluster, 0);
      startByHand(cluster, 1);
      own(cluster, 0, SlotSet.range(0, 100));
      own(cluster, 1, HIGH);
      Topology before = cluster.node(1).topology().current();

      meet(cluster, 1, 0);
      await()
          .during(Duration.ofSeconds(1))
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(1).topology().current().equals(before));
      await().atMost(TestCluster.PATIENCE).until(() -> TestCluster.isServing(cluster.node(1)));
    }
  }

  @Test
  void aNodeThatIsResetIsAloneAndComesBackAsItselfOrAsAnother() {
    try (TestCluster cluster = new TestCluster(3, 1, 0, folder)) {
      for (int i = 0; i < 3; i++) {
        startByHand(cluster, i);
      }
      own(cluster, 0, LOW);
      meet(cluster, 1, 0);
      meet(cluster, 2, 0);
      await().atMost(TestCluster.PATIENCE).until(() -> cluster.node(0).statistics().voters() == 3);
      NodeId name = cluster.self(2).id();

      assertThat(cluster.node(0).topology().propose(NodeChanges.forget(name)))
          .succeedsWithin(TestCluster.PATIENCE);
      assertThat(cluster.node(2).reset(false)).succeedsWithin(TestCluster.PATIENCE);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(2).topology().current().nodes().size() == 1);
      assertThat(cluster.self(2).id()).isEqualTo(name);
      // It had another voter take its place before it left; the others learn of that soon.
      await().atMost(TestCluster.PATIENCE).until(() -> cluster.node(0).statistics().voters() == 1);

      meet(cluster, 2, 1);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(0).topology().current().node(name) != null);
      cluster.awaitFormed();
      // What it promised as a voter before, it has not forgotten.
      await().atMost(TestCluster.PATIENCE).until(() -> cluster.node(2).statistics().isVoter());

      assertThat(cluster.node(2).reset(true)).succeedsWithin(TestCluster.PATIENCE);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(2).topology().current().nodes().size() == 1);
      NodeId renamed = cluster.self(2).id();
      assertThat(renamed).isNotEqualTo(name);
      cluster.kill(2);
      assertThat(cluster.start(2, TestCluster::byHand).self().id()).isEqualTo(renamed);
    }
  }

  @Test
  void aNodeThatWasForgottenComesBackWhenItIsToldTo() {
    try (TestCluster cluster = new TestCluster(2, 1, 0, null)) {
      startByHand(cluster, 0);
      startByHand(cluster, 1);
      own(cluster, 0, LOW);
      meet(cluster, 1, 0);
      NodeId name = cluster.self(1).id();
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(0).topology().current().node(name) != null);
      cluster.awaitFormed();
      assertThat(cluster.node(0).topology().propose(NodeChanges.forget(name)))
          .succeedsWithin(TestCluster.PATIENCE);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(1).topology().current().node(name) == null);

      meet(cluster, 0, 1);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(0).topology().current().node(name) != null);
    }
  }

  @Test
  void aNodeJoinsASelfFormedClusterByHand() {
    try (TestCluster cluster = new TestCluster(4, 3, 0, null)) {
      InetSocketAddress[] seeds = {
        cluster.config(0).bus(), cluster.config(1).bus(), cluster.config(2).bus()
      };
      for (int i = 0; i < 3; i++) {
        cluster.start(i, config -> TestCluster.withSeeds(config, seeds));
      }
      Topology before = cluster.awaitFormed();
      startByHand(cluster, 3);

      // Told to the cluster, not to the node that moves.
      meet(cluster, 1, 3);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(0).topology().current().nodes().size() == 4);
      Topology after = cluster.awaitFormed();

      assertThat(after.slotsOf(cluster.self(3).id()).isEmpty()).isTrue();
      assertThat(after.assigned()).isEqualTo(before.assigned());
      cluster.partition(Set.of(3));
      await().atMost(TestCluster.PATIENCE).until(() -> cluster.node(0).live().size() == 3);
      cluster.heal();
      cluster.awaitFormed();
    }
  }
}
