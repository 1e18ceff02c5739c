package io.slotcast.router;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One state of the cluster: its nodes, its shards, and who owns which slot. Immutable; every change
 * is a new topology with a higher epoch, agreed upon by the cluster (see module
 * cluster-membership). Each slot has at most one owner and each node is in at most one shard, by
 * construction.
 */
public final class Topology {
  private static final Topology EMPTY = new Topology(0, List.of(), List.of(), List.of());

  private final long epoch;
  private final SortedMap<NodeId, Node> nodes;
  private final List<Shard> shards;
  private final SortedMap<Integer, SlotMove> moves;

  /** Index into {@code shards} of the slot's owner, or -1. */
  private final short[] ownerIndex = new short[SlotHash.SLOTS];

  /**
   * @throws IllegalArgumentException if a slot or a node stands in two shards, or a shard names a
   *     node that is not among {@code nodes}
   */
  public Topology(
      long epoch, Collection<Node> nodes, Collection<Shard> shards, Collection<SlotMove> moves) {
    this.epoch = epoch;
    TreeMap<NodeId, Node> byId = new TreeMap<>();
    for (Node node : nodes) {
      byId.put(node.id(), node);
    }
    this.nodes = Collections.unmodifiableSortedMap(byId);
    this.shards = List.copyOf(shards);
    TreeMap<Integer, SlotMove> bySlot = new TreeMap<>();
    for (SlotMove move : moves) {
      bySlot.put(move.slot(), move);
    }
    this.moves = Collections.unmodifiableSortedMap(bySlot);
    indexOwners();
  }

  private void indexOwners() {
    Arrays.fill(ownerIndex, (short) -1);
    Set<NodeId> placed = new HashSet<>();
    SlotSet taken = SlotSet.empty();
    for (int i = 0; i < shards.size(); i++) {
      Shard shard = shards.get(i);
      shard
          .members()
          .forEach(
              member -> {
                if (!nodes.containsKey(member)) {
                  throw new IllegalArgumentException(
                      "shard " + shard.id() + " names the unknown node " + member);
                }
                if (!placed.add(member)) {
                  throw new IllegalArgumentException("node " + member + " is in two shards");
                }
              });
      if (shard.slots().intersects(taken)) {
        int twice = shard.slots().intersect(taken).first();
        throw new IllegalArgumentException("slot " + twice + " has two owners");
      }
      taken = taken.union(shard.slots());
      for (SlotRange range : shard.slots().ranges()) {
        Arrays.fill(ownerIndex, range.first(), range.last() + 1, (short) i);
      }
    }
  }

  /** No node and no slot, at epoch 0: what a node knows before it is in a cluster. */
  public static Topology empty() {
    return EMPTY;
  }

  /** How many changes were committed; 0 before the first. */
  public long epoch() {
    return epoch;
  }

  /** All nodes, ordered by id. */
  public Collection<Node> nodes() {
    return nodes.values();
  }

  public @Nullable Node node(NodeId id) {
    return nodes.get(id);
  }

  /** All shards, those without slots too, in the order in which they were made. */
  public List<Shard> shards() {
    return shards;
  }

  /** Slots under way, ascending. */
  public Collection<SlotMove> moves() {
    return moves.values();
  }

  public @Nullable SlotMove moveOf(int slot) {
    return moves.get(slot);
  }

  /** The shard that owns a slot, or null. */
  public @Nullable Shard ownerOf(int slot) {
    int index = ownerIndex[slot];
    return index < 0 ? null : shards.get(index);
  }

  /** Whether a slot has an owner of whose shard {@code node} is no member. */
  public boolean isOfAnotherShard(int slot, NodeId node) {
    Shard owner = ownerOf(slot);
    return owner != null && !owner.hasMember(node);
  }

  /** The primary of the shard that owns a slot, or null. */
  public @Nullable Node primaryOf(int slot) {
    Shard owner = ownerOf(slot);
    return owner == null ? null : nodes.get(owner.primary());
  }

  /** The shard that a node is a member of. */
  public Optional<Shard> shardOf(NodeId node) {
    return shards.stream().filter(shard -> shard.hasMember(node)).findFirst();
  }

  public Optional<Shard> shard(ShardId id) {
    return shards.stream().filter(shard -> shard.id().equals(id)).findFirst();
  }

  /** The slots of which {@code node} is the primary. */
  public SlotSet slotsOf(NodeId node) {
    return shardOf(node)
        .filter(shard -> shard.primary().equals(node))
        .map(Shard::slots)
        .orElse(SlotSet.empty());
  }

  /** The slots that some shard owns. */
  public SlotSet assigned() {
    return shards.stream().map(Shard::slots).reduce(SlotSet.empty(), SlotSet::union);
  }

  public Topology withEpoch(long newEpoch) {
    return new Topology(newEpoch, nodes.values(), shards, moves.values());
  }

  /** Adds a node, or replaces what is known of it. It is in no shard until one names it. */
  public Topology withNode(Node node) {
    TreeMap<NodeId, Node> changed = new TreeMap<>(nodes);
    changed.put(node.id(), node);
    return new Topology(epoch, changed.values(), shards, moves.values());
  }

  /** Adds a shard, or replaces the one with its id. */
  public Topology withShard(Shard shard) {
    Map<ShardId, Shard> changed = new LinkedHashMap<>();
    shards.forEach(each -> changed.put(each.id(), each));
    changed.put(shard.id(), shard);
    return new Topology(epoch, nodes.values(), changed.values(), moves.values());
  }

  public Topology withShards(Collection<Shard> changed) {
    return new Topology(epoch, nodes.values(), changed, moves.values());
  }

  public Topology withMoves(Collection<SlotMove> changed) {
    return new Topology(epoch, nodes.values(), shards, changed);
  }

  /**
   * The topology in which {@code heir}, until now a replica, is the primary of a shard, which is at
   * the next epoch by that. The former primary becomes a replica, and what moves from or to it
   * moves from or to the heir.
   *
   * @throws IllegalArgumentException if the node is not a replica of that shard
   */
  public Topology withPrimary(ShardId id, NodeId heir) {
    Shard before = shard(id).filter(each -> each.replicas().contains(heir)).orElse(null);
    if (before == null) {
      throw new IllegalArgumentException("node " + heir + " is no replica of shard " + id);
    }
    NodeId former = before.primary();
    List<NodeId> replicas = before.members().filter(member -> !member.equals(heir)).toList();
    Shard after = new Shard(id, heir, replicas, before.slots(), epoch + 1);
    List<SlotMove> changed =
        moves.values().stream()
            .map(
                move ->
                    new SlotMove(
                        move.slot(),
                        move.source().equals(former) ? heir : move.source(),
                        move.target().equals(former) ? heir : move.target()))
            .toList();
    return withShard(after).withMoves(changed);
  }

  /**
   * Without a node. A shard that it was the only member of goes too, and its slots are unassigned.
   *
   * @throws IllegalArgumentException if the node is the primary of a shard that has replicas
   */
  public Topology withoutNode(NodeId id) {
    TreeMap<NodeId, Node> left = new TreeMap<>(nodes);
    left.remove(id);
    List<Shard> changed =
        shards.stream()
            .filter(shard -> !(shard.primary().equals(id) && shard.replicas().isEmpty()))
            .map(shard -> withoutReplica(shard, id))
            .toList();
    List<SlotMove> kept =
        moves.values().stream()
            .filter(move -> !move.source().equals(id) && !move.target().equals(id))
            .toList();
    return new Topology(epoch, left.values(), changed, kept);
  }

  private static Shard withoutReplica(Shard shard, NodeId id) {
    if (!shard.replicas().contains(id)) {
      return shard;
    }
    List<NodeId> replicas = shard.replicas().stream().filter(each -> !each.equals(id)).toList();
    return new Shard(shard.id(), shard.primary(), replicas, shard.slots(), shard.epoch());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topology that
        && epoch == that.epoch
        && nodes.equals(that.nodes)
        && shards.equals(that.shards)
        && moves.equals(that.moves);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(epoch) * 31 + shards.hashCode();
  }

  @Override
  public String toString() {
    return "Topology[epoch=" + epoch + ", nodes=" + nodes.size() + ", shards=" + shards + "]";
  }
}
