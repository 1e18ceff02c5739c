package io.slotcast.membership.failover;

import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import java.util.Optional;

/**
 * What a replica that stopped following its primary tells the others: as long as the shard's epoch
 * is {@code shardEpoch}, it has this much of that primary's stream and will have no more.
 *
 * @param complete see {@link ReplicaPosition#complete}
 * @param candidate whether the replica would be the primary itself
 */
public record FrozenPosition(
    NodeId primary, long shardEpoch, long offset, boolean complete, boolean candidate) {
  /** The name of this fact in the soft state. */
  public static final String NAME = "frozen-position";

  /** Whether it says something of {@code shard} as it is. */
  boolean isOf(Shard shard) {
    return primary.equals(shard.primary()) && shardEpoch == shard.epoch();
  }

  public byte[] encoded() {
    return FactBytes.encoded(
        out -> {
          out.writeUTF(primary.hex());
          out.writeLong(shardEpoch);
          out.writeLong(offset);
          out.writeBoolean(complete);
          out.writeBoolean(candidate);
        });
  }

  /** Empty if the bytes are no such fact, or of a version that this node does not know. */
  public static Optional<FrozenPosition> decode(byte[] bytes) {
    return FactBytes.decode(
        bytes,
        in ->
            new FrozenPosition(
                new NodeId(in.readUTF()),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean()));
  }
}
