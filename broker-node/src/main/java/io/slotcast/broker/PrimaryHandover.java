package io.slotcast.broker;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.migration.Handover;
import io.slotcast.broker.replication.ReplicaStatus;
import io.slotcast.broker.replication.Replication;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A primary that gives its place to one of its replicas, with nothing lost and nobody told an
 * error: when a replica was told CLUSTER FAILOVER, and before this node leaves. Commands on the
 * shard's keys wait meanwhile. Safe from any thread.
 */
final class PrimaryHandover {
  /** As long as Redis lets a failover by command take. */
  private static final long REPLICA_PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final long LEAVE_PATIENCE_SECONDS = 3;
  private static final long LOOK_MILLIS = 1;
  private static final Logger log = LoggerFactory.getLogger(PrimaryHandover.class);

  private final ClusterView cluster;
  private final SlotTable slots;
  private final Replication replication;
  private final Handover handover;

  private PrimaryHandover(
      ClusterView cluster, SlotTable slots, Replication replication, Handover handover) {
    this.cluster = cluster;
    this.slots = slots;
    this.replication = replication;
    this.handover = handover;
  }

  /** Does what replicas ask for, from now on. */
  static PrimaryHandover follow(
      ClusterView cluster, SlotTable slots, Replication replication, Handover handover) {
    PrimaryHandover primary = new PrimaryHandover(cluster, slots, replication, handover);
    cluster.membership().onFailoverRequested((replica, forced) -> primary.asked(replica, forced));
    return primary;
  }

  private void asked(NodeId replica, boolean forced) {
    to(replica, forced)
        .whenComplete(
            (topology, failure) -> {
              if (failure == null) {
                log.info("Replica {} is the primary, as it was told to be", replica);
              } else {
                log.warn("Replica {} does not become the primary: {}", replica, failure.toString());
              }
            });
  }

  /**
   * Makes {@code replica} the primary.
   *
   * @param forced without waiting for it to have all that this node has
   */
  private CompletionStage<Topology> to(NodeId replica, boolean forced) {
    Shard own =
        cluster
            .topology()
            .shardOf(cluster.self())
            .filter(shard -> shard.primary().equals(cluster.self()))
            .filter(shard -> shard.replicas().contains(replica))
            .orElse(null);
    if (own == null) {
      return CompletableFuture.failedFuture(new RefusedException("it is no replica of this node"));
    }
    if (!forced && status(replica).filter(ReplicaStatus::online).isEmpty()) {
      return CompletableFuture.failedFuture(new RefusedException("it does not follow this node"));
    }
    return handover.giveShard(
        own,
        replica,
        () ->
            forced
                ? CompletableFuture.completedFuture(null)
                : caughtUp(replica, slots.effects().offset(), System.nanoTime()));
  }

  private Optional<ReplicaStatus> status(NodeId replica) {
    return replication.replicas().stream().filter(each -> each.node().equals(replica)).findFirst();
  }

  /** Completes when the replica has said that it has the stream up to {@code offset}. */
  private CompletionStage<Void> caughtUp(NodeId replica, long offset, long begun) {
    if (status(replica).filter(each -> each.offset() >= offset).isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    if (System.nanoTime() - begun > REPLICA_PATIENCE_NANOS) {
      return CompletableFuture.failedFuture(new RefusedException("it does not keep up"));
    }
    return handover.later(LOOK_MILLIS).thenCompose(done -> caughtUp(replica, offset, begun));
  }

  /** Before this node leaves: gives its place to the replica that has most, if there is one. */
  void beforeLeaving() {
    Optional<ReplicaStatus> best =
        replication.replicas().stream()
            .filter(ReplicaStatus::online)
            .max(Comparator.comparingLong(ReplicaStatus::offset));
    if (best.isEmpty() || cluster.topology().slotsOf(cluster.self()).isEmpty()) {
      return;
    }
    try {
      to(best.get().node(), false)
          .toCompletableFuture()
          .get(LEAVE_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("No replica takes over before this node leaves: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
