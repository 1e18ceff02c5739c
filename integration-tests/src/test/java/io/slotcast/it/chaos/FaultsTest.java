package io.slotcast.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import io.slotcast.testkit.ServerProgram;
import io.slotcast.testkit.host.LabNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The faults themselves: that what is said to be broken is broken, and whole again afterwards. */
class FaultsTest {
  private static final ClusterPlan PLAN =
      new ClusterPlan(3, 0, List.of()).with("cluster-node-timeout", "2000");

  @Test
  void aPrimaryThatIsCutOffStopsServingUntilTheNetworkIsWhole() {
    assumeThat(LabNetwork.missing()).isEmpty();
    try (ClusterProcesses cluster = ClusterProcesses.startApart(ServerProgram.SLOTCAST, PLAN);
        RespConnection cut = cluster.connect(0);
        RespConnection majority = cluster.connect(1)) {
      cluster.network().cut(Set.of(0));

      await().untilAsserted(() -> assertThat(state(cut)).contains("cluster_state:fail"));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(majority.call("CLUSTER", "NODES").text()).contains("fail"));

      cluster.network().heal();
      cluster.awaitReady();
    }
  }

  @Test
  void aNodeThatStandsStillIsThoughtDeadAndComesBack() {
    try (ClusterProcesses cluster = ClusterProcesses.start(PLAN);
        RespConnection observer = cluster.connect(1)) {
      cluster.node(2).suspend();

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> assertThat(observer.call("CLUSTER", "NODES").text()).contains("fail"));

      cluster.node(2).resume();
      cluster.awaitReady();
    }
  }

  private static String state(RespConnection node) {
    return node.call("CLUSTER", "INFO").text();
  }
}
