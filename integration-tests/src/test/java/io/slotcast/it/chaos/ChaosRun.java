package io.slotcast.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import io.slotcast.testkit.ServerProgram;
import io.slotcast.testkit.chaos.EventLog;
import io.slotcast.testkit.chaos.Fault;
import io.slotcast.testkit.chaos.FaultPlan;
import io.slotcast.testkit.chaos.Nemesis;
import io.slotcast.testkit.chaos.Workload;
import io.slotcast.testkit.chaos.WorkloadPlan;
import io.slotcast.testkit.history.Operation;
import io.slotcast.testkit.history.Outcome;
import io.slotcast.testkit.history.Promise;
import io.slotcast.testkit.host.LabNetwork;
import io.slotcast.testkit.host.PausableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster, clients at work, and faults drawn from one seed: {@code -Dchaos.seed=…} plays the same
 * faults again, {@code -Dchaos.seconds=…} for longer.
 */
final class ChaosRun {
  private static final Logger log = LoggerFactory.getLogger(ChaosRun.class);

  private final long seed = Long.getLong("chaos.seed", new Random().nextLong());
  private final EventLog events = new EventLog();
  private final ServerProgram program;
  private final ClusterPlan plan;
  private final Promise promise;

  ChaosRun(ServerProgram program, ClusterPlan plan, Promise promise) {
    this.program = program;
    this.plan = plan;
    this.promise = promise;
  }

  /** How long faults go on in the long test: a minute in a build, longer by request. */
  static Duration duration() {
    return Duration.ofSeconds(Long.getLong("chaos.seconds", 60));
  }

  /** What is done to the cluster while clients work. */
  interface Faults {
    void play(Nemesis nemesis) throws InterruptedException;
  }

  /** Faults of these kinds one after the other; only those that can be had here. */
  void withFaults(List<Fault.Kind> kinds, Duration duration) throws InterruptedException {
    List<Fault.Kind> possible = new ArrayList<>(kinds);
    LabNetwork.missing()
        .ifPresent(why -> leaveOut(possible, why, Fault.Kind.CUT, Fault.Kind.CUT_ONE_WAY));
    PausableClock.missing().ifPresent(why -> leaveOut(possible, why, Fault.Kind.SUSPEND));
    FaultPlan faults = new FaultPlan(possible, plan.nodes(), plan.primaries(), new Random(seed));
    with(nemesis -> nemesis.run(faults, duration));
  }

  private static void leaveOut(List<Fault.Kind> kinds, String why, Fault.Kind... left) {
    log.warn("Without {} in this run: {}", left, why);
    kinds.removeAll(List.of(left));
  }

  /** Nothing that cannot be has happened when the faults are over. */
  void with(Faults faults) throws InterruptedException {
    judge(faults, violations -> assertThat(violations).isEmpty());
  }

  void judge(Faults faults, Consumer<List<String>> judgement) throws InterruptedException {
    try (ClusterProcesses cluster = ClusterProcesses.startApart(program, plan)) {
      Nemesis nemesis = new Nemesis(cluster, events);
      nemesis.awaitWhole();
      Workload workload = Workload.start(cluster.addresses(), WorkloadPlan.light(), seed);
      try {
        faults.play(nemesis);
        workload.stop();
        List<String> violations = workload.violations(promise);
        log.info("seed {}\n{}{}", seed, events, workload.summary());
        for (Operation.Kind kind : Operation.Kind.values()) {
          assertThat(workload.history().count(kind, Outcome.Acknowledged.class))
              .as("acknowledged of %s: enough to judge by", kind)
              .isGreaterThan(20);
        }
        judgement.accept(violations);
      } catch (AssertionError | RuntimeException e) {
        workload.stop();
        throw new AssertionError(
            "seed " + seed + "\n" + events + workload.summary() + cluster.logs() + e, e);
      }
    }
  }
}
