package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotHash;
import io.slotcast.router.Topology;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that a node loaded at its start and that another shard has had since: they are out of date,
 * and would come up again if the slot came back. They go when the topology names this run of the
 * node, with a word in the log: an earlier one may be from before the slot came here, and a
 * migration that the node had everything of before it ended may still give it the slot. Keys of
 * slots that nobody owns or that are under way stay. A replica holds what its primary holds, which
 * may be slots on their way to it: there they go when the primary says so.
 */
public final class ForeignKeys {
  private static final Logger log = LoggerFactory.getLogger(ForeignKeys.class);

  private ForeignKeys() {}

  /** Before the node routes by that topology, and so before it takes slots in. */
  public static void dropOnce(ClusterView cluster, SlotTable slots) {
    AtomicBoolean done = new AtomicBoolean();
    cluster.beforeRouting(
        (before, topology) -> {
          if (cluster.namesThisRun(topology) && done.compareAndSet(false, true)) {
            Shard own = topology.shardOf(cluster.self()).orElse(null);
            if (own == null || own.primary().equals(cluster.self())) {
              drop(topology, cluster, slots);
            }
          }
        });
  }

  private static void drop(Topology topology, ClusterView cluster, SlotTable slots) {
    long keys = 0;
    long touched = 0;
    for (int number = 0; number < SlotHash.SLOTS; number++) {
      Slot slot = slots.find(number);
      if (slot != null && isForeign(topology, cluster, number)) {
        int dropped = drop(slot);
        keys += dropped;
        touched += dropped > 0 ? 1 : 0;
      }
    }
    if (keys > 0) {
      log.warn(
          "{} keys that were loaded are dropped: their {} slots are another shard's",
          keys,
          touched);
    }
  }

  private static boolean isForeign(Topology topology, ClusterView cluster, int slot) {
    return topology.isOfAnotherShard(slot, cluster.self()) && topology.moveOf(slot) == null;
  }

  /** With effects, so that the journal knows of it as well. */
  private static int drop(Slot slot) {
    slot.lock();
    try {
      int count = slot.keys().count();
      slot.keys().clear();
      return count;
    } finally {
      slot.unlock();
    }
  }
}
