package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slotcast.membership.control.ControlPlane;
import io.slotcast.membership.folder.FolderHeldException;
import io.slotcast.router.Node;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How nodes come into a cluster, and who does not. */
class ClusterFormingTest {
  @TempDir private Path folder;

  @Test
  void sixNodesBecomeThreePrimariesWithAReplicaEach() {
    try (TestCluster cluster = TestCluster.started(6, 1)) {
      Topology topology = cluster.awaitFormed();

      assertThat(topology.epoch()).isEqualTo(1);
      assertThat(topology.assigned()).isEqualTo(SlotSet.all());
      assertThat(topology.shards()).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(topology.shards().get(i).primary()).isEqualTo(cluster.self(i).id());
        assertThat(topology.shards().get(i).replicas()).containsExactly(cluster.self(i + 3).id());
      }
      assertThat(cluster.node(0).statistics().voters()).isEqualTo(5);
      assertThat(cluster.nodes().stream().filter(node -> node.statistics().isVoter())).hasSize(5);
    }
  }

  @Test
  void oneNodeWithoutSeedsIsAClusterByItself() {
    try (TestCluster cluster = TestCluster.started(1, 0)) {
      Topology topology = cluster.awaitFormed();

      assertThat(topology.slotsOf(cluster.self(0).id())).isEqualTo(SlotSet.all());
      assertThat(cluster.node(0).statistics().voters()).isEqualTo(1);
    }
  }

  @Test
  void aNodeThatSaysThatItsLeaseIsHeldServesItsSlotsAtOnce() {
    try (TestCluster cluster = TestCluster.started(1, 0)) {
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofNanos(1))
          .until(() -> cluster.node(0).topology().current().epoch() > 0);
      boolean saysSo = cluster.node(0).statistics().leaseHeld();
      boolean serves = TestCluster.isServing(cluster.node(0));

      assertThat(serves || !saysSo).isTrue();
    }
  }

  @Test
  void tooFewNodesWaitForTheRest() {
    try (TestCluster cluster = new TestCluster(3, 3, 0, null)) {
      cluster.start(0);
      cluster.start(1);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(0).statistics().messagesReceived() > 3);
      assertThat(cluster.node(0).topology().current()).isEqualTo(Topology.empty());
      assertThat(cluster.node(0).servingRight().holds(0)).isFalse();
      assertThat(cluster.node(0).statistics().voters()).isZero();

      cluster.start(2);
      assertThat(cluster.awaitFormed().shards()).hasSize(3);
    }
  }

  @Test
  void nodesThatJoinLaterAreAddedAndVotersGrow() {
    try (TestCluster cluster = new TestCluster(4, 1, 1, null)) {
      cluster.start(0, TestCluster::withSeeds);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.node(0).topology().current().epoch() == 1);
      cluster.start(1);
      Topology two = cluster.awaitFormed();
      assertThat(two.shards()).hasSize(1);
      assertThat(two.shards().getFirst().replicas()).containsExactly(cluster.self(1).id());

      cluster.start(2);
      cluster.start(3);
      Topology four = cluster.awaitFormed();
      assertThat(four.slotsOf(cluster.self(0).id())).isEqualTo(SlotSet.all());
      assertThat(four.shards()).hasSize(3);
      await()
          .atMost(TestCluster.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(cluster.nodes())
                      // Founded, three joined, the voters' change begun and ended.
                      .allMatch(node -> node.statistics().epoch() >= 6)
                      .allMatch(node -> node.statistics().voters() == 3)
                      .filteredOn(node -> node.statistics().isVoter())
                      .hasSize(3));
      // The first node is not needed any more: the new voters go on without it.
      cluster.kill(0);
      Node marker = TestCluster.marker(1);
      assertThat(cluster.node(1).topology().propose(TestCluster.marked(marker)))
          .succeedsWithin(TestCluster.PATIENCE)
          .satisfies(changed -> assertThat(changed.node(marker.id())).isEqualTo(marker));
    }
  }

  @Test
  void nodesWithAnotherSecretAreNotCounted() {
    try (TestCluster cluster = new TestCluster(4, 3, 0, null)) {
      IntStream.range(0, 3).forEach(cluster::start);
      Topology formed = cluster.awaitFormed();
      try (ControlPlane stranger =
          cluster.startApart(3, config -> TestCluster.withSecret(config, "another"))) {
        await()
            .during(Duration.ofSeconds(2))
            .atMost(TestCluster.PATIENCE)
            .untilAsserted(
                () -> {
                  assertThat(cluster.node(0).live()).hasSize(3);
                  assertThat(cluster.node(0).topology().current()).isEqualTo(formed);
                  assertThat(stranger.topology().current()).isEqualTo(Topology.empty());
                  assertThat(stranger.live()).containsExactly(stranger.self().id());
                });
      }
    }
  }

  @Test
  void twoClustersThatMeetStayApart() {
    try (TestCluster cluster = new TestCluster(2, 1, 0, folder)) {
      ControlPlane one = cluster.start(0, TestCluster::withSeeds);
      cluster.start(1, TestCluster::withSeeds);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.nodes().stream().allMatch(TestCluster::isServing));

      cluster.kill(1);
      ControlPlane other =
          cluster.start(1, config -> TestCluster.withSeeds(config, cluster.config(0).bus()));
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> one.statistics().messagesReceived() > 2 && TestCluster.isServing(other));

      Node marker = TestCluster.marker(1);
      assertThat(one.topology().propose(TestCluster.marked(marker)))
          .succeedsWithin(TestCluster.PATIENCE);
      await()
          .during(Duration.ofSeconds(2))
          .atMost(TestCluster.PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(one.live()).containsExactly(one.self().id());
                assertThat(other.live()).containsExactly(other.self().id());
                assertThat(one.topology().current().node(other.self().id())).isNull();
                assertThat(other.topology().current().node(marker.id())).isNull();
                assertThat(other.topology().current().epoch()).isEqualTo(1);
              });
    }
  }

  @Test
  void aFolderOrAPortInUseIsRefused() throws Exception {
    try (TestCluster cluster = new TestCluster(1, 1, 0, folder)) {
      cluster.start(0);
      assertThatThrownBy(() -> ClusterMembership.start(cluster.config(0)))
          .isInstanceOf(FolderHeldException.class);
      assertThatThrownBy(
              () -> ClusterMembership.start(TestCluster.withoutFolder(cluster.config(0))))
          .isInstanceOf(BindException.class);
    }
    // A thread of JGroups' pool may still be on its way out.
    await()
        .atMost(TestCluster.PATIENCE)
        .untilAsserted(() -> assertThat(threadsOfNodes()).isEmpty());
  }

  private static Set<String> threadsOfNodes() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("control-") || name.contains("jgroups"))
        .collect(Collectors.toSet());
  }
}
