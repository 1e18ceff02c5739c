package io.slotcast.broker.replication;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What each node tells the others of its stream, about once a second: a hint for those who look at
 * the cluster from elsewhere.
 *
 * @param offset how far the node's stream is
 * @param loading whether the node's keys are coming in
 */
public record ReplicationFact(long offset, boolean loading) {
  /** The name of this fact in the soft state. */
  public static final String NAME = "replication";

  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + Long.BYTES + 1;

  byte[] encoded() {
    return ByteBuffer.allocate(LENGTH)
        .put(VERSION)
        .putLong(offset)
        .put((byte) (loading ? 1 : 0))
        .array();
  }

  /** Empty if the bytes are no such fact, or of a version that this node does not know. */
  static Optional<ReplicationFact> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length != LENGTH || in.get() != VERSION) {
      return Optional.empty();
    }
    return Optional.of(new ReplicationFact(in.getLong(), in.get() != 0));
  }
}
