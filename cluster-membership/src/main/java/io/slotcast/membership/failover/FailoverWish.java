package io.slotcast.membership.failover;

import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import java.util.Optional;

/**
 * What a replica tells its primary when an operator wants it to take over (CLUSTER FAILOVER).
 *
 * @param number counts the wishes of one run of the replica
 * @param forced whether the primary is to give up without waiting for the replica's data
 */
public record FailoverWish(NodeId primary, long shardEpoch, long number, boolean forced) {
  /** The name of this fact in the soft state. */
  public static final String NAME = "failover-wish";

  /** Whether it is about {@code shard} as it is. */
  public boolean isOf(Shard shard) {
    return primary.equals(shard.primary()) && shardEpoch == shard.epoch();
  }

  public byte[] encoded() {
    return FactBytes.encoded(
        out -> {
          out.writeUTF(primary.hex());
          out.writeLong(shardEpoch);
          out.writeLong(number);
          out.writeBoolean(forced);
        });
  }

  /** Empty if the bytes are no such fact, or of a version that this node does not know. */
  public static Optional<FailoverWish> decode(byte[] bytes) {
    return FactBytes.decode(
        bytes,
        in ->
            new FailoverWish(
                new NodeId(in.readUTF()), in.readLong(), in.readLong(), in.readBoolean()));
  }
}
