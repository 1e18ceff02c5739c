package io.slotcast.membership.control;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.forming.PlacementPlan;
import io.slotcast.router.Node;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's place in its cluster: proposed by itself when it is new, or announces itself otherwise
 * than before, which it does at each start, for it is in another run. Once that is committed, what
 * others proposed on the strength of an earlier run either is part of the topology or never will
 * be. A node that was forgotten does not come back before it is told to. Owned by the control-plane
 * thread.
 */
final class OwnPlace {
  private static final Logger LOG = LoggerFactory.getLogger(OwnPlace.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Node self;
  private final int replicasPerShard;
  private final NodeMemory memory;
  private final ControlThread thread;
  private final RandomGenerator random;
  private boolean proposing;

  /** Whether the topology held this node once: if it does no more, the node was forgotten. */
  private boolean wasPlaced;

  OwnPlace(
      Node self,
      int replicasPerShard,
      NodeMemory memory,
      ControlThread thread,
      RandomGenerator random) {
    this.self = self;
    this.replicasPerShard = replicasPerShard;
    this.memory = memory;
    this.thread = thread;
    this.random = random;
    wasPlaced = memory.returned() && memory.transit() == null;
  }

  /** Whether others may be told of what this node knows: on its way, it waits for its place. */
  boolean isTaken(ClusterMember joined) {
    return memory.transit() == null || joined.value().topology().node(self.id()) != null;
  }

  /** Proposes this node's place, or how it announces itself now, where the topology lacks it. */
  void take(ClusterMember joined) {
    Node placed = joined.value().topology().node(self.id());
    wasPlaced |= placed != null;
    if (placed != null && memory.transit() != null) {
      memory.arrived();
      LOG.info("This node has its place in cluster {}", joined.value().cluster());
    }
    if (proposing || self.equals(placed) || (wasPlaced && placed == null)) {
      return;
    }
    proposing = true;
    joined
        .propose(placement())
        .whenComplete(
            (topology, failure) -> {
              proposing = false;
              if (failure != null) {
                LOG.debug("this node's place could not be proposed", failure);
                thread.after(RETRY, () -> take(joined));
              }
            });
  }

  /** A forgotten node is told to meet its cluster again. */
  void takeAgain(ClusterMember joined) {
    wasPlaced = false;
    take(joined);
  }

  private TopologyChange placement() {
    ShardId shard = ShardId.random(random);
    Transit transit = memory.transit();
    TopologyChange placing =
        transit == null
            ? found -> PlacementPlan.withNode(found, self, replicasPerShard, () -> shard)
            : transit.admission(self, new Shard(shard, self.id(), List.of(), SlotSet.empty(), 0));
    return found -> {
      // A round that is begun again must not undo that the node was forgotten meanwhile.
      if (wasPlaced && found.node(self.id()) == null) {
        throw new TopologyChange.RefusedException("this node was forgotten");
      }
      return placing.apply(found);
    };
  }
}
