package io.slotcast.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import io.slotcast.testkit.chaos.Fault;
import io.slotcast.testkit.chaos.Workload;
import io.slotcast.testkit.chaos.WorkloadPlan;
import io.slotcast.testkit.history.Operation.Kind;
import io.slotcast.testkit.history.Outcome;
import io.slotcast.testkit.history.Promise;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Clients at work while nodes and networks fail, and what is left of what they were told. */
class HistoriesTest {
  private static final ClusterPlan PLAN =
      ClusterPlan.sixNodes().with("cluster-node-timeout", "2000");

  @Test
  void whereNothingFailsNothingIsRefusedLostRepeatedOrMissed() throws Exception {
    try (Cluster cluster = TestCluster.start(ClusterPlan.sixNodes())) {
      Workload workload = Workload.start(cluster.addresses(), WorkloadPlan.light(), 1);
      new CountDownLatch(1).await(5, TimeUnit.SECONDS);
      workload.stop();

      assertThat(workload.violations(Promise.ACKNOWLEDGED_IS_KEPT)).isEmpty();
      for (Kind kind : Kind.values()) {
        assertThat(workload.history().count(kind, Outcome.Acknowledged.class)).isPositive();
        assertThat(workload.history().count(kind, Outcome.Unknown.class)).isZero();
      }
    }
  }

  @Test
  void noSlotHasTwoOwnersWhileOneFaultFollowsAnother() throws Exception {
    new ChaosRun(PLAN, Promise.ACKNOWLEDGED_MAY_BE_LOST)
        .withFaults(
            List.of(
                Fault.Kind.KILL,
                Fault.Kind.STOP,
                Fault.Kind.SUSPEND,
                Fault.Kind.CUT,
                Fault.Kind.CUT_ONE_WAY),
            ChaosRun.duration());
  }
}
