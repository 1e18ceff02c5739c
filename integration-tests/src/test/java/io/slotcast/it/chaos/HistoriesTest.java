package io.slotcast.it.chaos;

import static io.slotcast.testkit.ServerProgram.SLOTCAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ServerProgram;
import io.slotcast.testkit.TestCluster;
import io.slotcast.testkit.chaos.Fault;
import io.slotcast.testkit.chaos.FaultPlan;
import io.slotcast.testkit.chaos.Workload;
import io.slotcast.testkit.chaos.WorkloadPlan;
import io.slotcast.testkit.history.Operation.Kind;
import io.slotcast.testkit.history.Outcome;
import io.slotcast.testkit.history.Promise;
import io.slotcast.testkit.host.LabNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
    new ChaosRun(SLOTCAST, PLAN, Promise.ACKNOWLEDGED_MAY_BE_LOST)
        .withFaults(
            List.of(
                Fault.Kind.KILL,
                Fault.Kind.STOP,
                Fault.Kind.SUSPEND,
                Fault.Kind.CUT,
                Fault.Kind.CUT_ONE_WAY),
            ChaosRun.duration());
  }

  /**
   * What the checks are worth: Redis tells a client that a write is done before a replica has it.
   */
  @Test
  void theChecksFindWhatRedisLosesWhenAPrimaryIsCutOff() throws Exception {
    assumeThat(LabNetwork.missing()).isEmpty();
    assumeThat(ServerProgram.REDIS.missing()).isEmpty();
    new ChaosRun(ServerProgram.REDIS, PLAN, Promise.ACKNOWLEDGED_IS_KEPT)
        .judge(
            nemesis ->
                nemesis.apply(new FaultPlan.Step(new Fault.Cut(Set.of(0)), Duration.ofSeconds(8))),
            violations ->
                assertThat(violations).anyMatch(violation -> violation.contains("has lost")));
  }
}
