package io.slotcast.broker.cluster;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.administration.NodeChanges;
import io.slotcast.membership.resharding.SlotChanges;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What an operator asks of the cluster: each is a change that the voters agree on, so it holds for
 * all nodes whichever was asked. Each stage completes when this node routes by it, or fails with
 * {@link TopologyChange.RefusedException}. Safe from any thread.
 */
public final class Administration {
  /** As long as a node of Redis Cluster does not let a forgotten one in again. */
  private static final long REMEMBERED_NANOS = Duration.ofSeconds(60).toNanos();

  private final ClusterView cluster;
  private final LongSupplier clock;

  /** The nodes that left the topology of late, and when. Guarded by itself. */
  private final Map<NodeId, Long> forgotten = new LinkedHashMap<>();

  /** Guarded by {@code forgotten}. */
  private Set<NodeId> known = Set.of();

  private Administration(ClusterView cluster, LongSupplier clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /**
   * @param clock monotonic nanoseconds
   */
  public static Administration of(ClusterView cluster, LongSupplier clock) {
    Administration administration = new Administration(cluster, clock);
    cluster.onTopology(administration::noteWhoLeft);
    return administration;
  }

  private void noteWhoLeft(Topology topology) {
    Set<NodeId> now = new HashSet<>();
    topology.nodes().stream().map(Node::id).forEach(now::add);
    synchronized (forgotten) {
      for (NodeId before : known) {
        if (!now.contains(before)) {
          forgotten.put(before, clock.getAsLong());
        }
      }
      known = now;
    }
  }

  /** Whether a node was forgotten not long ago, which each node of a cluster is told in turn. */
  public boolean isForgotten(String id) {
    long now = clock.getAsLong();
    synchronized (forgotten) {
      for (Iterator<Long> times = forgotten.values().iterator(); times.hasNext(); ) {
        if (now - times.next() > REMEMBERED_NANOS) {
          times.remove();
        }
      }
      return forgotten.keySet().stream().anyMatch(node -> node.hex().equals(id));
    }
  }

  /** Slots that nobody owns become this node's. */
  public CompletionStage<Void> assign(SlotSet slots) {
    return agree(SlotChanges.assign(slots, cluster.self()));
  }

  /** Slots of this node become nobody's: it stops serving them first. */
  public CompletionStage<Void> unassign(SlotSet slots) {
    if (slots.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return cluster
        .membership()
        .stopServing(slots)
        .thenCompose(done -> agree(NodeChanges.unassign(slots, cluster.self())))
        .exceptionallyCompose(
            failure ->
                cluster
                    .membership()
                    .serveAgain(slots)
                    .thenCompose(done -> CompletableFuture.failedFuture(failure)));
  }

  public CompletionStage<Void> forget(NodeId node) {
    return agree(NodeChanges.forget(node));
  }

  /** This node becomes a replica of another. */
  public CompletionStage<Void> replicate(NodeId primary) {
    return agree(NodeChanges.replicate(cluster.self(), primary));
  }

  /** This node's shard gets the next epoch. */
  public CompletionStage<Void> bumpEpoch() {
    return agree(NodeChanges.bumpEpoch(cluster.self()));
  }

  /** This node's cluster and that of the node with a bus address are to be one; nobody waits. */
  public void meet(InetSocketAddress bus) {
    cluster.membership().meet(bus);
  }

  /**
   * This node leaves its cluster. It stops serving its slots first, and serves them again where
   * that is refused after all.
   *
   * @param allowed asked when nothing is served any more
   * @param otherwise what is refused with
   */
  public CompletionStage<Void> reset(boolean hard, BooleanSupplier allowed, String otherwise) {
    SlotSet slots = cluster.topology().slotsOf(cluster.self());
    CompletionStage<Void> stopped =
        slots.isEmpty()
            ? CompletableFuture.completedFuture(null)
            : cluster.membership().stopServing(slots);
    return stopped.thenCompose(
        done -> {
          if (allowed.getAsBoolean()) {
            return cluster
                .membership()
                .reset(hard)
                .thenCompose(left -> cluster.learned(this::isAlone));
          }
          return cluster
              .membership()
              .serveAgain(slots)
              .thenCompose(
                  again ->
                      CompletableFuture.failedFuture(
                          new TopologyChange.RefusedException(otherwise)));
        });
  }

  private boolean isAlone(Topology topology) {
    return topology.nodes().size() == 1
        && topology.assigned().isEmpty()
        && topology.node(cluster.self()) != null;
  }

  private CompletionStage<Void> agree(TopologyChange change) {
    return cluster
        .membership()
        .topology()
        .propose(change)
        .thenCompose(topology -> cluster.learned(topology.epoch()));
  }
}
