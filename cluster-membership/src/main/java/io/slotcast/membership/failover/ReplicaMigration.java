package io.slotcast.membership.failover;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.administration.NodeChanges;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * When a replica leaves its primary for one whose replicas are all dead, as Redis' {@code
 * clusterHandleSlaveMigration} has it:
 *
 * <ul>
 *   <li>A primary is orphaned if it lives, has slots and replicas, and none of these lives. One
 *       that never had a replica, or whose replicas were forgotten, is meant to be alone.
 *   <li>Only a replica of a primary with the most live replicas goes, of all these the one with the
 *       lowest id; and only if it leaves {@code cluster-migration-barrier} of them behind, and at
 *       least one.
 *   <li>It goes when the primary has been orphaned for five seconds, so that one that is merely
 *       restarted finds its place free. Of several orphaned primaries the first comes first.
 * </ul>
 *
 * <p>Nodes that see the cluster differently may think themselves chosen at the same time. The
 * change expects both shards as they were seen, so one of them goes.
 *
 * <p>With {@code min-replicas-to-ack} no replica goes by itself: what it has acknowledged goes with
 * it, perhaps before the others have it (docs/adr/0012).
 *
 * <p>Owned by one thread; it has no clock.
 */
public final class ReplicaMigration {
  private static final long PATIENCE = Duration.ofSeconds(5).toNanos();

  private final Supplier<FailoverPolicy> policy;

  /** Since when each shard's primary has been orphaned, in the order in which that was seen. */
  private final Map<ShardId, Long> orphanedSince = new HashMap<>();

  public ReplicaMigration(Supplier<FailoverPolicy> policy) {
    this.policy = policy;
  }

  /** The change that this replica is to propose now; called on each change and regularly. */
  public Optional<TopologyChange> due(FailoverSight sight, long now) {
    note(sight, now);
    Shard own = sight.followed().orElse(null);
    if (own == null || orphanedSince.isEmpty() || !mayGo(own, sight)) {
      return Optional.empty();
    }
    return sight.topology().shards().stream()
        .filter(shard -> now - orphanedSince.getOrDefault(shard.id(), now) >= PATIENCE)
        .min(Comparator.comparingLong((Shard shard) -> orphanedSince.getOrDefault(shard.id(), now)))
        .map(orphaned -> move(sight.self(), own, orphaned));
  }

  private void note(FailoverSight sight, long now) {
    List<ShardId> orphaned =
        sight.topology().shards().stream()
            .filter(shard -> isOrphaned(shard, sight))
            .map(Shard::id)
            .toList();
    orphanedSince.keySet().retainAll(orphaned);
    orphaned.forEach(id -> orphanedSince.putIfAbsent(id, now));
  }

  private static boolean isOrphaned(Shard shard, FailoverSight sight) {
    return sight.live().contains(shard.primary())
        && !shard.slots().isEmpty()
        && !shard.replicas().isEmpty()
        && liveReplicas(shard, sight).isEmpty();
  }

  private boolean mayGo(Shard own, FailoverSight sight) {
    FailoverPolicy now = policy.get();
    int staying = liveReplicas(own, sight).size() - 1;
    return now.migration().allowed()
        && now.acknowledgements() == 0
        && sight.live().contains(own.primary())
        && staying >= Math.max(1, now.migration().barrier())
        && isFirst(sight, staying + 1);
  }

  /** Whether no shard has more live replicas, and of those with as many none has a lower id. */
  private static boolean isFirst(FailoverSight sight, int most) {
    for (Shard shard : sight.topology().shards()) {
      List<NodeId> live = liveReplicas(shard, sight);
      boolean isBefore = live.size() == most && live.getFirst().compareTo(sight.self()) < 0;
      if (live.size() > most || isBefore) {
        return false;
      }
    }
    return true;
  }

  /** Ascending by id; none of a primary that is not alive, which Redis does not count either. */
  private static List<NodeId> liveReplicas(Shard shard, FailoverSight sight) {
    return sight.live().contains(shard.primary())
        ? shard.replicas().stream().filter(sight.live()::contains).sorted().toList()
        : List.of();
  }

  private static TopologyChange move(NodeId self, Shard own, Shard orphaned) {
    TopologyChange joining = NodeChanges.replicate(self, orphaned.primary());
    return found -> {
      Takeover.requireUnchanged(found, own);
      Takeover.requireUnchanged(found, orphaned);
      return joining.apply(found);
    };
  }
}
