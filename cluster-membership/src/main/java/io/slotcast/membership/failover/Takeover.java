package io.slotcast.membership.failover;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;

/** Changes of a shard's primary, each with what it expects of the shard. */
public final class Takeover {
  private Takeover() {}

  /**
   * {@code heir} becomes the primary of the shard, if that is still as {@code expected} in every
   * respect: primary, replicas, slots and epoch.
   */
  public static TopologyChange of(Shard expected, NodeId heir) {
    return found -> {
      requireUnchanged(found, expected);
      return found.withPrimary(expected.id(), heir);
    };
  }

  /**
   * The shard stays as it is, but at the next epoch. Whatever was frozen for the epoch before is of
   * no use to anyone then, and its replicas follow their primary again.
   */
  public static TopologyChange thaw(Shard expected) {
    return found -> {
      requireUnchanged(found, expected);
      return found.withShard(
          new Shard(
              expected.id(),
              expected.primary(),
              expected.replicas(),
              expected.slots(),
              found.epoch() + 1));
    };
  }

  static void requireUnchanged(Topology found, Shard expected) throws RefusedException {
    Shard now = found.shard(expected.id()).orElse(null);
    if (!expected.equals(now)) {
      throw new RefusedException(
          "shard " + expected.id() + " has changed since epoch " + expected.epoch());
    }
  }
}
