package io.slotcast.membership.forming;

import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Who owns what: in a new cluster, and when a node joins. Pure functions of their arguments. */
public final class PlacementPlan {
  /** By announced address, IP addresses by number, then by port; ids only break ties. */
  public static final Comparator<Node> BY_ADDRESS =
      Comparator.comparing((Node node) -> sortable(node.host()), Arrays::compareUnsigned)
          .thenComparing(Node::host)
          .thenComparingInt(node -> node.portFor(false))
          .thenComparing(Node::id);

  private PlacementPlan() {}

  /**
   * A new cluster's topology, at epoch 1. Of the nodes by address the first {@code n / (replicas +
   * 1)}, at least one, are primaries with contiguous, even slot ranges; the others become replicas,
   * evenly, in another zone than their primary where zones allow.
   *
   * @throws IllegalArgumentException if there is no node
   */
  public static Topology initial(
      Collection<Node> nodes, int replicasPerShard, Supplier<ShardId> ids) {
    List<Node> ordered = nodes.stream().sorted(BY_ADDRESS).toList();
    if (ordered.isEmpty()) {
      throw new IllegalArgumentException("a cluster has a node");
    }
    int primaries = Math.max(1, ordered.size() / (replicasPerShard + 1));
    List<List<Node>> members = new ArrayList<>();
    ordered.subList(0, primaries).forEach(node -> members.add(new ArrayList<>(List.of(node))));
    for (Node replica : ordered.subList(primaries, ordered.size())) {
      smallest(members, replica).add(replica);
    }
    spreadOverZones(members);
    List<Shard> shards = new ArrayList<>();
    for (int i = 0; i < primaries; i++) {
      List<NodeId> names = members.get(i).stream().map(Node::id).toList();
      SlotSet slots = SlotSet.range(bound(i, primaries), bound(i + 1, primaries) - 1);
      shards.add(new Shard(ids.get(), names.getFirst(), names.subList(1, names.size()), slots, 1));
    }
    return new Topology(1, nodes, shards, List.of());
  }

  /** The first slot of range {@code i} of {@code n}: 0, 5461, 10923, 16384 for three. */
  private static int bound(int i, int n) {
    return (2 * i * SlotHash.SLOTS + n) / (2 * n);
  }

  private static List<Node> smallest(List<List<Node>> shards, Node replica) {
    return shards.stream()
        .min(
            Comparator.<List<Node>>comparingInt(List::size)
                .thenComparing(shard -> sameZone(shard.getFirst(), replica)))
        .orElseThrow();
  }

  /** Exchanges replicas between shards while that takes one out of its primary's zone. */
  private static void spreadOverZones(List<List<Node>> shards) {
    for (List<Node> shard : shards) {
      for (int i = 1; i < shard.size(); i++) {
        if (sameZone(shard.getFirst(), shard.get(i))) {
          exchange(shards, shard, i);
        }
      }
    }
  }

  private static void exchange(List<List<Node>> shards, List<Node> shard, int i) {
    for (List<Node> other : shards) {
      for (int j = 1; j < other.size(); j++) {
        Node mine = shard.get(i);
        Node theirs = other.get(j);
        if (!sameZone(shard.getFirst(), theirs) && !sameZone(other.getFirst(), mine)) {
          shard.set(i, theirs);
          other.set(j, mine);
          return;
        }
      }
    }
  }

  private static boolean sameZone(Node one, Node other) {
    return !one.zone().isEmpty() && one.zone().equals(other.zone());
  }

  /** A cluster of one node that owns nothing: others are to be joined to it by hand. */
  public static Topology empty(Node node, ShardId shard) {
    return new Topology(
        1,
        List.of(node),
        List.of(new Shard(shard, node.id(), List.of(), SlotSet.empty(), 0)),
        List.of());
  }

  /** The voters of a new cluster: the first five, three or one of its nodes by address. */
  public static List<NodeId> voters(Collection<Node> nodes) {
    int count = nodes.size() >= 5 ? 5 : nodes.size() >= 3 ? 3 : 1;
    return nodes.stream().sorted(BY_ADDRESS).limit(count).map(Node::id).toList();
  }

  /**
   * The topology with {@code node} as it announces itself now. One that is new becomes a replica of
   * the shard with slots that has the fewest, if that has fewer than {@code replicasPerShard}; else
   * a primary without slots. Equal to {@code found} where that holds the node already.
   */
  public static Topology withNode(
      Topology found, Node node, int replicasPerShard, Supplier<ShardId> newShard) {
    boolean known = found.node(node.id()) != null;
    Topology with = found.withNode(node);
    if (known) {
      return with;
    }
    Optional<Shard> poorest =
        found.shards().stream()
            .filter(shard -> !shard.slots().isEmpty() && shard.replicas().size() < replicasPerShard)
            .min(
                Comparator.<Shard>comparingInt(shard -> shard.replicas().size())
                    .thenComparing(shard -> inZoneOfPrimary(found, shard, node)));
    return with.withShard(
        poorest
            .map(shard -> withReplica(shard, node.id()))
            .orElseGet(
                () ->
                    new Shard(
                        newShard.get(), node.id(), List.of(), SlotSet.empty(), found.epoch() + 1)));
  }

  private static boolean inZoneOfPrimary(Topology found, Shard shard, Node node) {
    Node primary = found.node(shard.primary());
    return primary != null && sameZone(primary, node);
  }

  private static Shard withReplica(Shard shard, NodeId replica) {
    List<NodeId> replicas = new ArrayList<>(shard.replicas());
    replicas.add(replica);
    return new Shard(shard.id(), shard.primary(), replicas, shard.slots(), shard.epoch());
  }

  private static byte[] sortable(String host) {
    try {
      return InetAddress.ofLiteral(host).getAddress();
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
