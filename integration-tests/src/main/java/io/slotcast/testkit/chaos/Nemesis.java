package io.slotcast.testkit.chaos;

import io.slotcast.testkit.ClusterProcesses;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does to a cluster what a plan says, one fault at a time. Used by one thread, stopped by any. */
public final class Nemesis {
  /** How long clients work undisturbed before each fault. */
  private static final Duration REST = Duration.ofSeconds(1);

  private final ClusterProcesses cluster;
  private final Administration administration;
  private final EventLog events;
  private final CountDownLatch stop = new CountDownLatch(1);

  public Nemesis(ClusterProcesses cluster, EventLog events) {
    this.cluster = cluster;
    this.administration = new Administration(cluster, events);
    this.events = events;
  }

  /** Puts right what a fault did. */
  private interface Repair {
    /**
     * @param held how long the fault has held
     */
    void after(Duration held);
  }

  /**
   * Goes on for a while; all is put right when this returns.
   *
   * @throws IllegalStateException if the cluster does not become whole again after a fault
   */
  public void run(FaultPlan plan, Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - end < 0 && stop.getCount() > 0) {
      apply(plan.next());
    }
  }

  /** One fault, from the rest before it until the cluster is whole again. */
  public void apply(FaultPlan.Step step) throws InterruptedException {
    sleep(REST);
    events.add("fault: " + step.fault() + " for " + step.holds().toMillis() + " ms");
    Repair repair = inject(step.fault());
    long begin = System.nanoTime();
    sleep(step.holds());
    repair.after(Duration.ofNanos(System.nanoTime() - begin));
    events.add("repaired: " + step.fault());
    awaitWhole();
  }

  /**
   * Waits until every node serves and sees all others, and every replica follows its primary: until
   * the cluster bears another fault.
   *
   * @throws IllegalStateException if that does not come to be
   */
  public void awaitWhole() {
    administration.awaitWhole();
    events.add("whole: " + administration.primaries());
  }

  private Repair inject(Fault fault) {
    return switch (fault) {
      case Fault.Kill(Set<Integer> nodes) -> kill(nodes);
      case Fault.KillShard(int shard) -> kill(administration.members(shard));
      case Fault.Stop(int node) -> {
        cluster.node(node).suspend();
        yield _ -> cluster.node(node).resume();
      }
      case Fault.Suspend(int node) -> {
        cluster.node(node).suspend();
        yield held -> {
          cluster.clock(node).fallBehind(held);
          cluster.node(node).resume();
        };
      }
      case Fault.Cut(Set<Integer> side) -> {
        cluster.network().cut(side);
        yield _ -> cluster.network().heal();
      }
      case Fault.CutOneWay(int from, int to) -> {
        cluster.network().cutOneWay(from, to);
        yield _ -> cluster.network().heal();
      }
      case Fault.Handover(int shard) -> {
        administration.handOver(shard);
        yield _ -> {};
      }
      case Fault.Move move -> {
        administration.move(move);
        yield _ -> {};
      }
    };
  }

  private Repair kill(Set<Integer> nodes) {
    nodes.forEach(node -> cluster.node(node).kill());
    return _ -> nodes.forEach(node -> cluster.node(node).restart());
  }

  private void sleep(Duration duration) throws InterruptedException {
    boolean stopped = stop.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    if (stopped) {
      events.add("stopped");
    }
  }

  /** Ends after the fault that is under way. */
  public void stop() {
    stop.countDown();
  }
}
