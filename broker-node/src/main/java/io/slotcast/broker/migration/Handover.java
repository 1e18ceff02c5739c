package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.membership.failover.Takeover;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives slots of this node to another primary, which is how every move ends. In order:
 *
 * <ol>
 *   <li>commands on the slots' keys are held back,
 *   <li>the replies of those before them leave,
 *   <li>this node stops serving the slots (rule 12 of docs/adr/0001),
 *   <li>the last step of whoever asked is done, such as handing over the last effects,
 *   <li>the change of owner is proposed and agreed upon, and learnt by both nodes,
 *   <li>what was held back runs, from its route: it is redirected.
 * </ol>
 *
 * If a step fails this node serves the slots again, and what was held back runs here. Where it
 * cannot tell whether the change came to pass, it asks the register until it can.
 *
 * <p>Safe from any thread; nothing blocks.
 */
public final class Handover {
  private static final Logger log = LoggerFactory.getLogger(Handover.class);
  private static final long LEASE_LOOK_MILLIS = 5;
  private static final long RETRY_MILLIS = 500;

  /** How often, a millisecond apart, it is looked whether replies that wait have left. */
  private static final int REPLY_LOOKS = 1000;

  private final ClusterView cluster;
  private final SlotTable slots;
  private final Turns turns;
  private final PeerEpochs epochs;
  private final LongPredicate isSafe;
  private final ScheduledExecutorService thread;

  /**
   * @param isSafe whether replies to what was written up to an offset of the effects may leave
   * @param thread where the steps go on: slots are locked there, which the control plane must not
   *     wait for
   */
  public Handover(
      ClusterView cluster,
      SlotTable slots,
      Turns turns,
      PeerEpochs epochs,
      LongPredicate isSafe,
      ScheduledExecutorService thread) {
    this.epochs = epochs;
    this.isSafe = isSafe;
    this.cluster = cluster;
    this.slots = slots;
    this.turns = turns;
    this.thread = thread;
  }

  /**
   * Gives slots away. The stage completes when this node routes by the new owner, or fails when it
   * serves the slots again: with {@link RefusedException} where something expected did not hold.
   *
   * @param change what gives them to {@code target}
   * @param ready asked of each slot under its lock, when no command can change it any more; a slot
   *     that is not ready ends the attempt with {@code notReady}
   * @param last done when this node has stopped serving
   */
  public CompletionStage<Topology> give(
      SlotSet given,
      NodeId target,
      TopologyChange change,
      Predicate<Slot> ready,
      String notReady,
      Supplier<CompletionStage<Void>> last) {
    if (!hold(given, ready)) {
      letGo(given);
      return CompletableFuture.failedFuture(new RefusedException(notReady));
    }
    return give(given, target, change, last);
  }

  /**
   * Makes a replica of this node's shard its primary, as {@link #give} gives slots away.
   *
   * @param last done when this node has stopped serving: waits for the heir to have all
   */
  public CompletionStage<Topology> giveShard(
      Shard shard, NodeId heir, Supplier<CompletionStage<Void>> last) {
    CompletableFuture<Topology> result = new CompletableFuture<>();
    thread.execute(
        () -> {
          hold(shard.slots(), slot -> true);
          give(shard.slots(), heir, Takeover.of(shard, heir), last)
              .whenComplete(
                  (topology, failure) -> {
                    if (failure == null) {
                      result.complete(topology);
                    } else {
                      result.completeExceptionally(failure);
                    }
                  });
        });
    return result;
  }

  /** The slots are held already. */
  private CompletionStage<Topology> give(
      SlotSet given, NodeId target, TopologyChange change, Supplier<CompletionStage<Void>> last) {
    CompletableFuture<Void> stopped =
        repliesLeft(slots.effects().offset(), REPLY_LOOKS)
            .thenCompose(done -> turns.end())
            .thenCompose(done -> cluster.membership().stopServing(given))
            .thenCompose(done -> turns.end())
            .toCompletableFuture();
    CompletableFuture<Topology> result = new CompletableFuture<>();
    StepTimes times = new StepTimes();
    stopped
        .thenComposeAsync(times.after("to stop", done -> last.get()), thread)
        .thenCompose(times.after("for the last step", done -> agree(change, given, target)))
        .thenCompose(
            times.after(
                "to agree", topology -> bothLearned(topology, target).thenApply(done -> topology)))
        .thenCompose(times.after("to be learnt", CompletableFuture::completedFuture))
        .whenCompleteAsync(
            (topology, failure) -> {
              if (failure == null) {
                letGo(given);
                log.info("{} has slots {} now; {}", target, given, times);
                result.complete(topology);
              } else {
                boolean wasStopped = !stopped.isCompletedExceptionally();
                keep(given, wasStopped, unwrapped(failure), result);
              }
            },
            thread);
    return result;
  }

  /** Completes when what was written before has been acknowledged, as far as it ever will be. */
  private CompletionStage<Void> repliesLeft(long offset, int looks) {
    if (isSafe.test(offset)) {
      return CompletableFuture.completedFuture(null);
    } else if (looks == 0) {
      return CompletableFuture.failedFuture(
          new RefusedException("writes to the slots are not acknowledged yet"));
    }
    return later(1).thenCompose(done -> repliesLeft(offset, looks - 1));
  }

  private CompletionStage<Void> bothLearned(Topology topology, NodeId target) {
    return epochs
        .routesBy(target, topology.epoch())
        .thenCompose(done -> cluster.learned(topology.epoch()));
  }

  /** Every slot is held afterwards, even where one is not ready. */
  private boolean hold(SlotSet given, Predicate<Slot> ready) {
    boolean all = true;
    for (int number : given.toArray()) {
      Slot slot = slots.get(number);
      slot.lock();
      try {
        slot.hold();
        all &= ready.test(slot);
      } finally {
        slot.unlock();
      }
    }
    return all;
  }

  private void letGo(SlotSet given) {
    for (int number : given.toArray()) {
      Slot slot = slots.get(number);
      slot.lock();
      try {
        slot.letGo();
      } finally {
        slot.unlock();
      }
    }
  }

  private CompletionStage<Topology> agree(TopologyChange change, SlotSet given, NodeId target) {
    return cluster
        .membership()
        .topology()
        .propose(change)
        .exceptionallyCompose(
            failure ->
                unwrapped(failure) instanceof TimeoutException
                    ? findOut(given, target)
                    : CompletableFuture.failedFuture(failure));
  }

  /**
   * The change may or may not come to pass. Once another one is committed it is decided: either it
   * is part of that, or it never will be.
   */
  private CompletionStage<Topology> findOut(SlotSet given, NodeId target) {
    log.warn("It is not known yet whether {} has slots {} now", target, given);
    return later(RETRY_MILLIS)
        .thenCompose(done -> cluster.membership().topology().propose(found -> found))
        .exceptionallyCompose(
            failure ->
                unwrapped(failure) instanceof TimeoutException
                    ? findOut(given, target)
                    : CompletableFuture.failedFuture(failure))
        .thenCompose(
            topology -> {
              boolean theirs = topology.slotsOf(target).containsAll(given);
              return theirs
                  ? CompletableFuture.completedFuture(topology)
                  : CompletableFuture.failedFuture(
                      new RefusedException("most voters did not answer in time"));
            });
  }

  /** Completes after that time, on the thread of handovers. */
  public CompletionStage<Void> later(long millis) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    thread.schedule(() -> done.complete(null), millis, TimeUnit.MILLISECONDS);
    return done;
  }

  private void keep(
      SlotSet given, boolean wasStopped, Throwable failure, CompletableFuture<Topology> result) {
    log.info("Slots {} stay here: {}", given, failure.getMessage());
    if (!wasStopped) {
      letGo(given);
      result.completeExceptionally(failure);
      return;
    }
    cluster
        .membership()
        .serveAgain(given)
        .whenCompleteAsync((done, ignored) -> awaitLease(given, failure, result), thread);
  }

  /** What was held back would be told CLUSTERDOWN before the leases are granted anew. */
  private void awaitLease(SlotSet given, Throwable failure, CompletableFuture<Topology> result) {
    SlotSet mine = cluster.topology().slotsOf(cluster.self()).intersect(given);
    if (mine.stream().allMatch(cluster.membership().servingRight()::holds)) {
      letGo(given);
      result.completeExceptionally(failure);
    } else {
      later(LEASE_LOOK_MILLIS).thenRun(() -> awaitLease(given, failure, result));
    }
  }

  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
