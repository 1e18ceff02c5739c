package io.slotcast.router;

import java.util.List;
import java.util.stream.Stream;

/**
 * A primary, its replicas and the slots that they hold together.
 *
 * @param id the shard's name, which stays when another of its nodes becomes the primary
 * @param primary the node that accepts writes
 * @param replicas the other nodes, none twice, the primary not among them
 * @param slots what the shard owns; empty for a node that joined and was given none yet
 * @param epoch the topology's epoch when the shard's primary or slots last changed: Redis' config
 *     epoch, and what a proposal names as the state that it expects
 */
public record Shard(ShardId id, NodeId primary, List<NodeId> replicas, SlotSet slots, long epoch) {
  public Shard {
    replicas = List.copyOf(replicas);
    if (replicas.contains(primary) || replicas.stream().distinct().count() != replicas.size()) {
      throw new IllegalArgumentException("a node stands twice in shard " + id);
    }
  }

  /** The primary, then the replicas. */
  public Stream<NodeId> members() {
    return Stream.concat(Stream.of(primary), replicas.stream());
  }

  public boolean hasMember(NodeId node) {
    return primary.equals(node) || replicas.contains(node);
  }
}
