package io.slotcast.it.ctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.ctl.ClusterControl;
import io.slotcast.broker.ctl.ClusterReport;
import io.slotcast.broker.ctl.CtlException;
import io.slotcast.broker.ctl.NodeReport;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code slotcast ctl}: what it tells of a cluster, and what it has a cluster do. */
class ClusterControlTest {
  private static final List<String> TOLD = new ArrayList<>();

  private static TestCluster cluster;
  private static ClusterControl control;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(new ClusterPlan(2, 1, List.of()));
    InetSocketAddress seed =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster.port(0));
    control = new ClusterControl(seed, "", Duration.ofSeconds(30), TOLD::add);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void aHealthyClusterHasNoProblemsAndEachPrimaryItsReplicaBehindIt() throws Exception {
    await().untilAsserted(() -> assertThat(control.look().problems()).isEmpty());
    ClusterReport report = control.look();

    assertThat(report.state()).isEqualTo("ok");
    assertThat(report.assigned()).isEqualTo(16_384);
    assertThat(report.nodes()).hasSize(4).allMatch(NodeReport::isReachable);
    for (int i = 0; i < 4; i += 2) {
      NodeReport primary = report.nodes().get(i);
      assertThat(primary.isPrimary()).isTrue();
      assertThat(report.nodes().get(i + 1).primary()).isEqualTo(primary.id());
      assertThat(report.lag(report.nodes().get(i + 1))).isZero();
    }
  }

  @Test
  void aReplicaIsPromotedAndItsNodeCanBeDrainedAgain() throws Exception {
    NodeReport replica = replica();

    control.failover(replica.name(), false);
    assertThat(node(replica).slots().size()).isEqualTo(8192);

    control.drain(replica.id());
    assertThat(node(replica).isPrimary()).isFalse();
    assertThat(TOLD).contains("promoting " + replica.name(), replica.name() + " is the primary");
  }

  @Test
  void whatCannotBeDoneIsToldInOneLine() throws Exception {
    NodeReport primary = control.look().nodes().getFirst();

    assertThatThrownBy(() -> control.failover(primary.name(), false))
        .isInstanceOf(CtlException.class)
        .hasMessage(primary.name() + " is a primary; name the replica to promote");
    assertThatThrownBy(() -> control.drain("10.0.0.1:1"))
        .isInstanceOf(CtlException.class)
        .hasMessage("10.0.0.1:1 is no node of the cluster");
    assertThatThrownBy(() -> control.drain(""))
        .isInstanceOf(CtlException.class)
        .hasMessageContaining("begins several nodes' ids");
  }

  @Test
  void theSlotsOfAPrimaryWithoutReplicaGoToTheOthersAndComeBackByARebalance() throws Exception {
    try (TestCluster alone = TestCluster.start(new ClusterPlan(3, 0, List.of()))) {
      InetSocketAddress seed =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), alone.port(0));
      List<String> told = new ArrayList<>();
      ClusterControl there = new ClusterControl(seed, "", Duration.ofSeconds(30), told::add);
      NodeReport drained = there.look().nodes().getFirst();

      there.drain(drained.name());
      List<Integer> slots = there.look().nodes().stream().map(node -> node.slots().size()).toList();
      assertThat(slots).containsExactlyInAnyOrder(0, 8192, 8192);
      assertThat(told).contains(drained.name() + " owns no slots");

      there.rebalance(false, true);
      assertThat(told.getLast()).contains(drained.id());
      there.rebalance(false, false);
      assertThat(there.look().nodes())
          .allSatisfy(node -> assertThat(node.slots().size()).isBetween(5461, 5462));
    }
  }

  private static NodeReport replica() throws CtlException {
    return control.look().nodes().stream()
        .filter(node -> !node.isPrimary())
        .findFirst()
        .orElseThrow();
  }

  private static NodeReport node(NodeReport before) throws CtlException {
    return control.look().nodes().stream()
        .filter(node -> node.id().equals(before.id()))
        .findFirst()
        .orElseThrow();
  }
}
