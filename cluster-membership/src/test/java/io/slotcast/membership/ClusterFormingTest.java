package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterFormingTest {
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
      assertThat(topology.shards().getFirst().slots().ranges())
          .isEqualTo(List.of(new SlotRange(0, 5460)));
      assertThat(cluster.node(0).statistics().voters()).isEqualTo(5);
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
}
