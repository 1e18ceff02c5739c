package io.slotcast.membership.register;

import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Nodes, topologies and register values for tests. */
public final class Values {
  public static final NodeId A = node('a');
  public static final NodeId B = node('b');
  public static final NodeId C = node('c');
  public static final NodeId D = node('d');
  public static final NodeId E = node('e');
  public static final ClusterId CLUSTER = new ClusterId("c".repeat(ClusterId.LENGTH));

  private Values() {}

  public static NodeId node(char hex) {
    return new NodeId(String.valueOf(hex).repeat(40));
  }

  /** A topology where the n-th node is the primary of slot n alone, each in a shard of its own. */
  public static Topology topology(long epoch, NodeId... primaries) {
    List<Node> nodes = new ArrayList<>();
    List<Shard> shards = new ArrayList<>();
    for (int i = 0; i < primaries.length; i++) {
      nodes.add(Node.plain(primaries[i], "127.0.0.1", 7001 + i));
      ShardId shard = new ShardId(primaries[i].hex());
      shards.add(new Shard(shard, primaries[i], List.of(), SlotSet.range(i, i), epoch));
    }
    return new Topology(epoch, nodes, shards, List.of());
  }

  /** As {@link #topology}, where {@code slot} belongs to {@code owner} instead. */
  public static Topology withOwner(Topology topology, int slot, NodeId owner) {
    SlotSet one = SlotSet.range(slot, slot);
    List<Shard> shards = new ArrayList<>();
    for (Shard shard : topology.shards()) {
      SlotSet rest = shard.slots().minus(one);
      SlotSet slots = shard.primary().equals(owner) ? rest.union(one) : rest;
      shards.add(new Shard(shard.id(), shard.primary(), shard.replicas(), slots, shard.epoch()));
    }
    return topology.withShards(shards);
  }

  public static RegisterValue genesis(NodeId... voters) {
    return RegisterValue.genesis(CLUSTER, List.of(voters), topology(0, A, B, C));
  }

  /** The next value, made at {@code ballot}, with another topology. */
  public static RegisterValue after(RegisterValue value, Ballot ballot, Topology topology) {
    return RegisterChange.successor(value, topology, ballot);
  }

  /** The next value, made at {@code ballot}, with other voters. */
  public static RegisterValue after(RegisterValue value, Ballot ballot, Voters voters) {
    return RegisterChange.successor(value, voters, ballot);
  }

  /** Any value at all. */
  static RegisterValue random(RandomGenerator random) {
    Topology topology = randomTopology(random);
    Voters voters =
        random.nextBoolean()
            ? Voters.of(nodes(random, 1 + random.nextInt(5)))
            : new Voters.Joint(
                new TreeSet<>(nodes(random, 1 + random.nextInt(5))),
                new TreeSet<>(nodes(random, 1 + random.nextInt(5))));
    return new RegisterValue(
        ballot(random),
        ClusterId.random(random),
        topology.epoch(),
        voters,
        ballot(random),
        topology);
  }

  static Ballot ballot(RandomGenerator random) {
    return new Ballot(random.nextLong(Long.MAX_VALUE), NodeId.random(random));
  }

  private static Collection<NodeId> nodes(RandomGenerator random, int count) {
    List<NodeId> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(NodeId.random(random));
    }
    return nodes;
  }

  private static Topology randomTopology(RandomGenerator random) {
    List<Node> nodes = new ArrayList<>();
    List<Shard> shards = new ArrayList<>();
    SlotSet free = SlotSet.all();
    for (int i = random.nextInt(6); i > 0; i--) {
      Node primary = node(random);
      Node replica = node(random);
      nodes.add(primary);
      nodes.add(replica);
      SlotSet slots = slots(random).intersect(free);
      free = free.minus(slots);
      List<NodeId> replicas = random.nextBoolean() ? List.of(replica.id()) : List.of();
      shards.add(
          new Shard(ShardId.random(random), primary.id(), replicas, slots, random.nextLong()));
    }
    List<SlotMove> moves = new ArrayList<>();
    if (shards.size() > 1) {
      moves.add(
          new SlotMove(random.nextInt(16_384), shards.get(0).primary(), shards.get(1).primary()));
    }
    return new Topology(random.nextLong(1 << 20), nodes, shards, moves);
  }

  private static Node node(RandomGenerator random) {
    return new Node(
        NodeId.random(random),
        "10.0.0." + random.nextInt(256),
        random.nextBoolean() ? "" : "höst-" + random.nextInt(100),
        random.nextInt(65_536),
        random.nextInt(65_536),
        random.nextInt(75_536),
        random.nextBoolean() ? "" : "zone " + random.nextInt(3),
        random.nextLong(1, 1 << 20));
  }

  /** A set of slots: none, a few, a range, or half of all. */
  static SlotSet slots(RandomGenerator random) {
    SlotSet slots = SlotSet.empty();
    for (int i = random.nextInt(5); i > 0; i--) {
      int first = random.nextInt(16_384);
      int last = Math.min(16_383, first + random.nextInt(1 << random.nextInt(14)));
      slots = slots.with(first, last);
    }
    return slots;
  }
}
