package io.slotcast.router;

import java.util.List;
import java.util.Random;

/** Two primaries that halve the slots, the first with a replica: what these tests route by. */
final class Cluster {
  static final Node A = node(1);
  static final Node B = node(2);
  static final Node A_REPLICA = node(3);
  static final Node OUTSIDER = node(4);
  static final Shard FIRST =
      new Shard(shardId(1), A.id(), List.of(A_REPLICA.id()), SlotSet.range(0, 8191), 1);
  static final Shard SECOND =
      new Shard(shardId(2), B.id(), List.of(), SlotSet.range(8192, 16_383), 1);

  private Cluster() {}

  static Topology whole() {
    return new Topology(1, List.of(A, B, A_REPLICA, OUTSIDER), List.of(FIRST, SECOND), List.of());
  }

  /** Slots 0 to 99 are nobody's. */
  static Topology withAGap() {
    Shard smaller =
        new Shard(
            FIRST.id(), FIRST.primary(), FIRST.replicas(), SlotSet.range(100, 8191), FIRST.epoch());
    return whole().withShard(smaller);
  }

  private static Node node(int number) {
    return Node.plain(NodeId.random(new Random(number)), "10.0.0." + number, 7000 + number);
  }

  static ShardId shardId(int number) {
    return ShardId.random(new Random(100 + number));
  }
}
