package io.slotcast.membership.failover;

import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a node sees of its cluster at one moment.
 *
 * @param topology the newest committed one that it knows
 * @param live who is thought alive, this node included
 * @param runs the number of the run of each live node
 * @param frozen the newest of each live node
 * @param claims the newest of each live node
 * @param resumed the live nodes that said in this run that they serve with the data they have
 */
public record FailoverSight(
    NodeId self,
    Topology topology,
    Set<NodeId> live,
    Map<NodeId, Long> runs,
    Map<NodeId, FrozenPosition> frozen,
    Map<NodeId, ReplicaClaim> claims,
    Set<NodeId> resumed) {
  /** The shard that this node is a replica of. */
  public Optional<Shard> followed() {
    return topology.shardOf(self).filter(shard -> !shard.primary().equals(self));
  }
}
