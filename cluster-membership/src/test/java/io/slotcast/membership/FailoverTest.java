package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.membership.control.ControlPlane;
import io.slotcast.membership.failover.FailoverPolicy;
import io.slotcast.membership.failover.ReplicaClaim;
import io.slotcast.membership.failover.ReplicaPosition;
import io.slotcast.membership.failover.ReplicaStream;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes whose primary dies; what they replicate is told by the test. */
class FailoverTest {
  private static final FailoverPolicy POLICY = FailoverPolicy.DEFAULT;

  @TempDir private Path folder;

  /** A stream that ends where the test says. */
  private record FixedStream(ReplicaPosition position) implements ReplicaStream {
    @Override
    public CompletionStage<ReplicaPosition> freeze(NodeId primary, long shardEpoch) {
      return CompletableFuture.completedStage(position);
    }
  }

  private static void follow(ControlPlane node, long offset, FailoverPolicy policy) {
    node.replicateBy(new FixedStream(new ReplicaPosition(offset, true, 0)), () -> policy);
  }

  @Test
  void theReplicaWithMostDataReplacesADeadPrimaryWhichThenFollowsIt() {
    try (TestCluster cluster = new TestCluster(6, 6, 2, folder)) {
      cluster.startAll();
      Topology before = cluster.awaitFormed();
      for (int i = 0; i < 6; i++) {
        follow(cluster.node(i), 100 + i, POLICY);
      }
      Shard shard = before.shardOf(cluster.self(0).id()).orElseThrow();
      NodeId best = cluster.self(lastReplica(cluster, shard)).id();

      cluster.kill(0);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> node(cluster, best).servingRight().holds(shard.slots().toArray()[0]));
      assertThat(shardOf(cluster, shard).primary()).isEqualTo(best);

      cluster.start(0);
      Topology after = cluster.awaitFormed();
      assertThat(after.shard(shard.id()).orElseThrow().replicas()).contains(cluster.self(0).id());
    }
  }

  /** So CLUSTER FAILOVER TAKEOVER, which is FORCE, cannot make a second owner. */
  @Test
  void withMostVotersGoneAForcedFailoverPromotesNobodyUntilTheyAreBack() {
    try (TestCluster cluster = new TestCluster(6, 6, 1, folder)) {
      cluster.startAll();
      Topology before = cluster.awaitFormed();
      for (int i = 0; i < 6; i++) {
        follow(cluster.node(i), 100, POLICY);
      }
      int replica = 3;
      Shard shard = before.shardOf(cluster.self(replica).id()).orElseThrow();
      int slot = shard.slots().toArray()[0];
      for (int primary = 0; primary < 3; primary++) {
        cluster.kill(primary);
      }

      cluster.node(replica).requestFailover(true);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(TestCluster.PATIENCE)
          .until(() -> !cluster.node(replica).servingRight().holds(slot));
      assertThat(shardOf(cluster, shard)).isEqualTo(shard);

      int other = shard.primary().equals(idOf(before, 7_001)) ? 1 : 0;
      cluster.start(other);
      await()
          .atMost(TestCluster.PATIENCE)
          .until(
              () -> {
                cluster.node(replica).requestFailover(true);
                return cluster.node(replica).servingRight().holds(slot);
              });
    }
  }

  private static NodeId idOf(Topology topology, int port) {
    return topology.nodes().stream()
        .filter(node -> node.port() == port)
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** Whether {@code asked} knows that a replica holds its primary's data. */
  private static boolean claims(ControlPlane asked, NodeId replica) {
    byte[] claim = asked.softState().read(replica, ReplicaClaim.NAME);
    return claim != null && ReplicaClaim.decode(claim).filter(ReplicaClaim::holds).isPresent();
  }

  private static int lastReplica(TestCluster cluster, Shard shard) {
    int last = -1;
    for (int i = 0; i < 6; i++) {
      last = shard.replicas().contains(cluster.self(i).id()) ? i : last;
    }
    return last;
  }

  private static ControlPlane node(TestCluster cluster, NodeId id) {
    return cluster.nodes().stream()
        .filter(each -> each.self().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Shard shardOf(TestCluster cluster, Shard shard) {
    ControlPlane any = cluster.nodes().iterator().next();
    return any.topology().current().shard(shard.id()).orElseThrow();
  }

  @Test
  void aPrimaryThatIsRestartedGivesWayToItsReplicaAndServesWhereThatHasNothing() {
    try (TestCluster cluster = new TestCluster(4, 4, 1, folder)) {
      cluster.startAll();
      Topology before = cluster.awaitFormed();
      for (int i = 0; i < 4; i++) {
        Shard shard = before.shardOf(cluster.self(i).id()).orElseThrow();
        if (shard.hasMember(cluster.self(0).id())) {
          follow(cluster.node(i), 100, POLICY);
        }
      }
      Shard first = before.shardOf(cluster.self(0).id()).orElseThrow();
      Shard second = before.shardOf(cluster.self(1).id()).orElseThrow();

      await()
          .atMost(TestCluster.PATIENCE)
          .until(() -> claims(cluster.node(0), first.replicas().getFirst()));
      cluster.kill(0);
      cluster.start(0);
      cluster.kill(1);
      cluster.start(1);

      await()
          .atMost(TestCluster.PATIENCE)
          .untilAsserted(
              () -> {
                Topology after = cluster.node(2).topology().current();
                assertThat(after.shard(first.id()).orElseThrow().primary())
                    .isEqualTo(first.replicas().getFirst());
                assertThat(after.shard(second.id()).orElseThrow().primary())
                    .isEqualTo(second.primary());
                assertThat(TestCluster.isServing(cluster.node(1))).isTrue();
                assertThat(cluster.node(1).statistics().leaseHeld()).isTrue();
              });
    }
  }
}
