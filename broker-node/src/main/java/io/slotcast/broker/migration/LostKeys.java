package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;

/**
 * Drops the keys of slots that another shard owns by now; that shard has them. One slot at a time,
 * so that what else the thread has to do, such as letting go clients of the same slots, comes in
 * between.
 *
 * <p>Only a primary drops keys by itself. Its replicas and its journal are told by effects, and so
 * in the right order with those of a slot that comes back.
 *
 * <p>Owned by the migration thread.
 */
public final class LostKeys {
  private final ClusterView cluster;
  private final ImportedSlots keys;
  private final IntPredicate comesBack;
  private final Executor thread;
  private final Queue<Integer> waiting = new ArrayDeque<>();

  /** Replaced by the migration thread, read by any. */
  private volatile Trims trims = new Trims(false, 0, 0, 0);

  /**
   * How far it is, for any thread.
   *
   * @param isRunning whether keys of some slots are still to be dropped
   * @param dropped how many keys were, by the last time that this was so, or this time so far
   * @param begun how often there were some to be dropped
   * @param ended how often all of them were
   */
  public record Trims(boolean isRunning, long dropped, long begun, long ended) {
    private Trims beginsAgain() {
      return new Trims(true, 0, begun + 1, ended);
    }

    private Trims dropped(int keys) {
      return new Trims(true, dropped + keys, begun, ended);
    }

    private Trims isOver() {
      return new Trims(false, dropped, begun, ended + 1);
    }
  }

  /**
   * @param comesBack whether a slot is being imported, so that its keys are the import's
   */
  LostKeys(ClusterView cluster, ImportedSlots keys, IntPredicate comesBack, Executor thread) {
    this.cluster = cluster;
    this.keys = keys;
    this.comesBack = comesBack;
    this.thread = thread;
  }

  Trims trims() {
    return trims;
  }

  void add(SlotSet lost) {
    boolean idle = waiting.isEmpty();
    lost.stream().forEach(waiting::add);
    if (idle && !waiting.isEmpty()) {
      trims = trims.beginsAgain();
      thread.execute(this::dropNext);
    }
  }

  private void dropNext() {
    int slot = waiting.element();
    if (isLost(slot) && !comesBack.test(slot)) {
      trims = trims.dropped(keys.empty(SlotSet.range(slot, slot)));
    }
    waiting.remove();
    if (waiting.isEmpty()) {
      trims = trims.isOver();
    } else {
      thread.execute(this::dropNext);
    }
  }

  /** A slot that is open may be on its way back key by key. */
  private boolean isLost(int slot) {
    Topology topology = cluster.topology();
    return topology.isOfAnotherShard(slot, cluster.self())
        && !cluster.isReplica()
        && topology.moveOf(slot) == null;
  }
}
