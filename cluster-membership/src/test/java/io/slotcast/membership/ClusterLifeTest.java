package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.membership.control.ControlPlane;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster goes through once it is formed. */
class ClusterLifeTest {
  @TempDir private Path folder;

  @Test
  void changesThatAllNodesProposeAtOnceAllComeToPass() {
    try (TestCluster cluster = TestCluster.started(6, 1)) {
      cluster.awaitFormed();
      List<Long> told = Collections.synchronizedList(new ArrayList<>());
      cluster.node(5).topology().listen(topology -> told.add(topology.epoch()));

      List<CompletableFuture<Topology>> proposals = new ArrayList<>();
      for (int number = 1; number <= 18; number++) {
        ControlPlane proposer = cluster.node(number % 6);
        proposals.add(
            proposer
                .topology()
                .propose(TestCluster.marked(TestCluster.marker(number)))
                .toCompletableFuture());
      }

      for (int number = 1; number <= 18; number++) {
        NodeId marker = TestCluster.marker(number).id();
        assertThat(proposals.get(number - 1))
            .succeedsWithin(TestCluster.PATIENCE)
            .satisfies(topology -> assertThat(topology.node(marker)).isNotNull());
      }
      Topology last = cluster.awaitFormed();
      assertThat(last.nodes()).hasSize(6 + 18);
      assertThat(told).isSorted().doesNotHaveDuplicates().startsWith(1L).endsWith(last.epoch());
      assertThat(last.epoch()).isGreaterThanOrEqualTo(1 + 18);
    }
  }

  @Test
  void aChangeWhosePreconditionFailsIsRefusedInItsOwnWords() {
    try (TestCluster cluster = TestCluster.started(1, 0)) {
      cluster.awaitFormed();
      assertThat(
              cluster
                  .node(0)
                  .topology()
                  .propose(
                      found -> {
                        throw new TopologyChange.RefusedException("slot 5 has moved");
                      }))
          .failsWithin(TestCluster.PATIENCE)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(TopologyChange.RefusedException.class)
          .withMessage("slot 5 has moved");
    }
  }

  @Test
  void whatIsUnderWayWhenANodeClosesIsCancelled() {
    try (TestCluster cluster = TestCluster.started(3, 0)) {
      cluster.awaitFormed();
      ControlPlane node = cluster.node(0);
      cluster.partition(Set.of(0));
      var proposal =
          node.topology().propose(TestCluster.marked(TestCluster.marker(1))).toCompletableFuture();

      cluster.kill(0);

      assertThat(proposal).isCancelled();
      assertThat(node.topology().propose(found -> found).toCompletableFuture()).isCancelled();
      node.close();
    }
  }

  @Test
  void aKilledNodeIsSeenAndComesBackAsItself() {
    try (TestCluster cluster = new TestCluster(6, 6, 1, folder)) {
      cluster.startAll();
      Topology before = cluster.awaitFormed();
      Node killed = cluster.self(1);
      List<Set<NodeId>> told = Collections.synchronizedList(new ArrayList<>());
      cluster.node(0).onLive(told::add);

      cluster.kill(1);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.nodes().stream().noneMatch(n -> n.live().contains(killed.id())));
      assertThat(told).isNotEmpty().last().satisfies(live -> assertThat(live).hasSize(5));
      assertThat(cluster.node(0).topology().current()).isEqualTo(before);
      Node marker = TestCluster.marker(1);
      assertThat(cluster.node(0).topology().propose(TestCluster.marked(marker)))
          .succeedsWithin(TestCluster.PATIENCE);

      cluster.start(1);
      Topology after = cluster.awaitFormed();
      assertThat(cluster.self(1)).isEqualTo(killed.inRun(2));
      assertThat(after.node(marker.id())).isNotNull();
      assertThat(after.node(killed.id())).isEqualTo(killed.inRun(2));
      // A primary that returns makes what its replicas were about to do void: its shard's epoch
      // rises.
      assertThat(after.shards())
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("epoch")
          .isEqualTo(before.shards());
    }
  }

  @Test
  void aNodeThatLeavesGivesItsLeaseUpAtOnce() {
    try (TestCluster cluster = new TestCluster(3, 3, 0, folder)) {
      cluster.startAll();
      Topology before = cluster.awaitFormed();
      NodeId leaver = cluster.self(2).id();
      int slot = before.slotsOf(leaver).toArray()[0];

      cluster.leave(2);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> cluster.nodes().stream().noneMatch(n -> n.live().contains(leaver)));

      // Nobody else's lease stands in the way of a change that takes the leaver's slots.
      NodeId heir = cluster.self(0).id();
      assertThat(cluster.node(0).topology().propose(found -> takeOver(found, leaver, heir)))
          .succeedsWithin(TestCluster.PATIENCE)
          .satisfies(after -> assertThat(after.slotsOf(heir).contains(slot)).isTrue());
      await().atMost(TestCluster.PATIENCE).until(() -> cluster.node(0).servingRight().holds(slot));
    }
  }

  private static Topology takeOver(Topology found, NodeId from, NodeId to) {
    Shard loser = found.shardOf(from).orElseThrow();
    Shard winner = found.shardOf(to).orElseThrow();
    long epoch = found.epoch() + 1;
    return found
        .withShard(new Shard(loser.id(), from, List.of(), SlotSet.empty(), epoch))
        .withShard(
            new Shard(winner.id(), to, List.of(), winner.slots().union(loser.slots()), epoch));
  }

  @Test
  void afterAllWereStoppedEverythingIsThereAgain() {
    try (TestCluster cluster = new TestCluster(6, 6, 1, folder)) {
      cluster.startAll();
      cluster.awaitFormed();
      Node marker = TestCluster.marker(1);
      assertThat(cluster.node(3).topology().propose(TestCluster.marked(marker)))
          .succeedsWithin(TestCluster.PATIENCE);
      Topology before = cluster.awaitFormed();
      for (int i = 0; i < 6; i++) {
        cluster.kill(i);
      }

      cluster.startAll();
      Topology after = cluster.awaitFormed();

      assertThat(after.shards())
          .usingRecursiveFieldByFieldElementComparatorIgnoringFields("epoch")
          .isEqualTo(before.shards());
      assertThat(after.node(marker.id())).isNotNull();
      // Changes wait until no lease of the last run can be alive, then go on.
      assertThat(cluster.node(2).topology().propose(TestCluster.marked(TestCluster.marker(2))))
          .succeedsWithin(TestCluster.PATIENCE);
    }
  }

  @Test
  void aNodeThatComesBackElsewhereAnnouncesIt() {
    try (TestCluster cluster = new TestCluster(3, 3, 0, folder)) {
      cluster.startAll();
      Topology before = cluster.awaitFormed();
      NodeId moved = cluster.self(0).id();
      cluster.kill(0);

      cluster.start(0, config -> TestCluster.withPort(config, 7_900));
      Topology after = cluster.awaitFormed();

      assertThat(Objects.requireNonNull(after.node(moved)).port()).isEqualTo(7_900);
      assertThat(after.shards()).isEqualTo(before.shards());
    }
  }

  @Test
  void theMinorityOfAPartitionStopsServingAndTheMajorityGoesOn() {
    try (TestCluster cluster = TestCluster.started(5, 0)) {
      Topology before = cluster.awaitFormed();
      int slot = before.slotsOf(cluster.self(0).id()).toArray()[0];

      cluster.partition(Set.of(0, 1));
      await().atMost(TestCluster.PATIENCE).until(() -> !cluster.node(0).servingRight().holds(slot));
      assertThat(cluster.node(0).statistics().leaseHeld()).isFalse();
      Node marker = TestCluster.marker(1);
      assertThat(cluster.node(2).topology().propose(TestCluster.marked(marker)))
          .succeedsWithin(TestCluster.PATIENCE);
      await()
          .atMost(TestCluster.PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(cluster.node(2).live()).hasSize(3);
                assertThat(cluster.node(0).live()).hasSize(2);
                assertThat(TestCluster.isServing(cluster.node(3))).isTrue();
                assertThat(TestCluster.isServing(cluster.node(1))).isFalse();
              });
      assertThat(cluster.node(0).topology().current()).isEqualTo(before);

      cluster.heal();
      Topology after = cluster.awaitFormed();
      assertThat(after.node(marker.id())).isNotNull();
      assertThat(cluster.node(0).statistics().leaseLapses()).isPositive();
    }
  }

  @Test
  void aVoterWhoseDiskFailsFallsSilentAndTheOthersGoOn() throws IOException {
    try (TestCluster cluster = new TestCluster(3, 3, 0, folder)) {
      cluster.startAll();
      cluster.awaitFormed();
      NodeId failing = cluster.self(2).id();
      deleteAll(cluster.folderOf(2));

      assertThat(cluster.node(0).topology().propose(TestCluster.marked(TestCluster.marker(1))))
          .succeedsWithin(TestCluster.PATIENCE);
      await().atMost(TestCluster.PATIENCE).until(() -> !cluster.node(0).live().contains(failing));
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Test
  void whatNodesPublishReachesAllAndNewcomersToo() {
    try (TestCluster cluster = new TestCluster(3, 2, 0, null)) {
      cluster.start(0);
      cluster.start(1);
      cluster.awaitFormed();
      cluster.node(0).softState().publish("offset", new byte[] {1});
      cluster.node(0).softState().publish("offset", new byte[] {2});
      NodeId publisher = cluster.self(0).id();
      await()
          .atMost(TestCluster.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(cluster.node(1).softState().read(publisher, "offset"))
                      .containsExactly(2));

      cluster.start(2);
      await()
          .atMost(TestCluster.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(cluster.node(2).softState().readAll("offset"))
                      .containsOnlyKeys(publisher));
      cluster.kill(0);
      await()
          .atMost(TestCluster.PATIENCE)
          .untilAsserted(() -> assertThat(cluster.node(2).softState().readAll("offset")).isEmpty());
    }
  }
}
