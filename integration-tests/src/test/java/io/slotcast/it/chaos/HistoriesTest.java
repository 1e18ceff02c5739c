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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Clients at work while nodes and networks fail, and what is left of what they were told. */
class HistoriesTest {
  /** Set where there is more time than in the build: see docs/testing.md. */
  private static final String LONG_RUNS = "chaos.seconds";

  private static final ClusterPlan PLAN =
      ClusterPlan.sixNodes().with("cluster-node-timeout", "2000");

  private static final Duration DOWN = Duration.ofSeconds(3);

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
  void nothingAcknowledgedByTwoNodesIsLostWhileOneFaultFollowsAnother() throws Exception {
    new ChaosRun(SLOTCAST, PLAN.with("min-replicas-to-ack", "1"), Promise.ACKNOWLEDGED_IS_KEPT)
        .withFaults(
            List.of(
                Fault.Kind.KILL,
                Fault.Kind.STOP,
                Fault.Kind.SUSPEND,
                Fault.Kind.CUT,
                Fault.Kind.CUT_ONE_WAY,
                Fault.Kind.HANDOVER,
                Fault.Kind.MOVE),
            ChaosRun.duration());
  }

  /** Nodes 0 to 2 begin as primaries, 3 to 5 as their replicas; voters are five of them. */
  @Test
  @EnabledIfSystemProperty(named = LONG_RUNS, matches = ".+")
  void nothingAcknowledgedByTwoNodesIsLostWithOneNodeOfEachOfTwoShards() throws Exception {
    new ChaosRun(SLOTCAST, PLAN.with("min-replicas-to-ack", "1"), Promise.ACKNOWLEDGED_IS_KEPT)
        .with(
            nemesis -> {
              nemesis.apply(kill(Set.of(3, 4)));
              nemesis.apply(kill(Set.of(0, 1)));
            });
  }

  @Test
  void nothingAcknowledgedByTheDiskIsLostWithAWholeShardNorWithAllNodes() throws Exception {
    new ChaosRun(
            SLOTCAST,
            PLAN.with("appendonly", "yes").with("appendfsync", "always"),
            Promise.ACKNOWLEDGED_IS_KEPT)
        .with(
            nemesis -> {
              nemesis.apply(kill(Set.of(0, 1, 2, 3, 4, 5)));
              nemesis.apply(new FaultPlan.Step(new Fault.KillShard(1), DOWN));
              nemesis.apply(kill(Set.of(0, 1, 2, 3, 4, 5)));
            });
  }

  /**
   * What the checks are worth: Redis tells a client that a write is done before a replica has it.
   */
  @Test
  @EnabledIfSystemProperty(named = LONG_RUNS, matches = ".+")
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

  private static FaultPlan.Step kill(Set<Integer> nodes) {
    return new FaultPlan.Step(new Fault.Kill(nodes), DOWN);
  }
}
