package io.slotcast.membership.administration;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Changes that an operator asks for by name. Each says what it expects, in the words of Redis'
 * error where it has one.
 */
public final class NodeChanges {
  private NodeChanges() {}

  /** Slots of {@code owner} become nobody's. */
  public static TopologyChange unassign(SlotSet slots, NodeId owner) {
    return found -> {
      Shard shard = primaryShard(found, owner);
      if (!shard.slots().containsAll(slots)) {
        throw new RefusedException("The slots have changed their owner");
      }
      return found
          .withShard(
              new Shard(
                  shard.id(),
                  owner,
                  shard.replicas(),
                  shard.slots().minus(slots),
                  found.epoch() + 1))
          .withMoves(found.moves().stream().filter(move -> !slots.contains(move.slot())).toList());
    };
  }

  /** The shard that {@code node} is in gets the topology's next epoch, and nothing else changes. */
  public static TopologyChange bumpEpoch(NodeId node) {
    return found -> {
      Shard shard = shardOf(found, node);
      return found.withShard(
          new Shard(
              shard.id(), shard.primary(), shard.replicas(), shard.slots(), found.epoch() + 1));
    };
  }

  /**
   * {@code node} comes with a shard of its own, of which it gets the slots that nobody owns. A node
   * that is known already keeps the place that it has.
   */
  public static TopologyChange admit(Node node, Shard shard) {
    return found -> {
      Topology with = found.withNode(node);
      if (found.shardOf(node.id()).isPresent()) {
        return with;
      }
      SlotSet free = shard.slots().minus(found.assigned());
      return with.withShard(new Shard(shard.id(), node.id(), List.of(), free, found.epoch() + 1));
    };
  }

  /**
   * A node is no longer in the cluster; tools ask each node for this in turn. Its slots, if it has
   * any, are nobody's then. Refused where it has replicas, which would be without a primary.
   */
  public static TopologyChange forget(NodeId node) {
    return found -> {
      if (found.node(node) == null) {
        return found;
      }
      boolean leads =
          found
              .shardOf(node)
              .filter(shard -> shard.primary().equals(node) && !shard.replicas().isEmpty())
              .isPresent();
      if (leads) {
        throw new RefusedException("Node " + node + " has replicas");
      }
      return found.withoutNode(node);
    };
  }

  /**
   * {@code node} becomes a replica of {@code primary}, with the replicas that it has itself.
   * Refused where it owns slots, or {@code primary} is no primary.
   */
  public static TopologyChange replicate(NodeId node, NodeId primary) {
    return found -> {
      Shard target = found.shardOf(primary).orElse(null);
      if (target == null || !target.primary().equals(primary)) {
        throw new RefusedException("I can only replicate a master, not a replica.");
      }
      Shard own = shardOf(found, node);
      if (target.equals(own)) {
        return found;
      }
      boolean leads = own.primary().equals(node);
      if (leads && !own.slots().isEmpty()) {
        throw new RefusedException(
            "To set a master the node must be empty and without assigned slots.");
      }
      List<NodeId> moving = leads ? own.members().toList() : List.of(node);
      List<Shard> shards = new ArrayList<>();
      for (Shard shard : found.shards()) {
        if (shard.equals(target)) {
          shards.add(withReplicas(shard, moving));
        } else if (!shard.equals(own)) {
          shards.add(shard);
        } else if (!leads) {
          shards.add(withoutReplica(shard, node));
        }
      }
      return found.withShards(shards);
    };
  }

  /** {@code node}, until now a replica, is a primary without slots, in a shard of that id. */
  public static TopologyChange standAlone(NodeId node, ShardId id) {
    return found -> {
      Shard own = shardOf(found, node);
      if (own.primary().equals(node)) {
        return found;
      }
      return found
          .withShard(withoutReplica(own, node))
          .withShard(new Shard(id, node, List.of(), SlotSet.empty(), found.epoch() + 1));
    };
  }

  private static Shard withReplicas(Shard shard, List<NodeId> more) {
    List<NodeId> replicas = Stream.concat(shard.replicas().stream(), more.stream()).toList();
    return new Shard(shard.id(), shard.primary(), replicas, shard.slots(), shard.epoch());
  }

  private static Shard withoutReplica(Shard shard, NodeId node) {
    List<NodeId> replicas = shard.replicas().stream().filter(each -> !each.equals(node)).toList();
    return new Shard(shard.id(), shard.primary(), replicas, shard.slots(), shard.epoch());
  }

  private static Shard primaryShard(Topology found, NodeId node) throws RefusedException {
    Shard shard = shardOf(found, node);
    if (!shard.primary().equals(node)) {
      throw new RefusedException("Node " + node + " is not a master");
    }
    return shard;
  }

  private static Shard shardOf(Topology found, NodeId node) throws RefusedException {
    Shard shard = found.shardOf(node).orElse(null);
    if (shard == null) {
      throw new RefusedException("Unknown node " + node);
    }
    return shard;
  }
}
