package io.slotcast.testkit.chaos;

import io.slotcast.testkit.ClusterProcesses;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does to a cluster what a plan says, one fault at a time. Used by one thread, stopped by any. */
public final class Nemesis {
  private static final Duration REST = Duration.ofMillis(500);

  private final ClusterProcesses cluster;
  private final Administration administration;
  private final EventLog events;
  private final CountDownLatch stop = new CountDownLatch(1);

  public Nemesis(ClusterProcesses cluster, EventLog events) {
    this.cluster = cluster;
    this.administration = new Administration(cluster, events);
    this.events = events;
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
      sleep(REST);
    }
  }

  /** One fault, from its beginning until the cluster is whole again. */
  public void apply(FaultPlan.Step step) throws InterruptedException {
    events.add("fault: " + step.fault() + " for " + step.holds().toMillis() + " ms");
    inject(step.fault());
    long begin = System.nanoTime();
    sleep(step.holds());
    repair(step.fault(), Duration.ofNanos(System.nanoTime() - begin));
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

  private void inject(Fault fault) {
    switch (fault) {
      case Fault.Kill kill -> kill.nodes().forEach(node -> cluster.node(node).kill());
      case Fault.Stop stopped -> cluster.node(stopped.node()).suspend();
      case Fault.Suspend suspended -> cluster.node(suspended.node()).suspend();
      case Fault.Cut cut -> cluster.network().cut(cut.side());
      case Fault.CutOneWay cut -> cluster.network().cutOneWay(cut.from(), cut.to());
      case Fault.Handover handover -> administration.handOver(handover.shard());
      case Fault.Move move -> administration.move(move);
    }
  }

  private void repair(Fault fault, Duration held) {
    switch (fault) {
      case Fault.Kill kill -> kill.nodes().forEach(node -> cluster.node(node).restart());
      case Fault.Stop stopped -> cluster.node(stopped.node()).resume();
      case Fault.Suspend suspended -> {
        cluster.clock(suspended.node()).fallBehind(held);
        cluster.node(suspended.node()).resume();
      }
      case Fault.Cut _, Fault.CutOneWay _ -> cluster.network().heal();
      case Fault.Handover _, Fault.Move _ -> {}
    }
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
