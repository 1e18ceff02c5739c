package io.slotcast.broker.peer;

import io.slotcast.broker.net.IoLoop;
import io.slotcast.router.NodeId;

/**
 * A connection to a peer, as replication uses it. For its loop's thread, but for {@link #atEnd}.
 */
public interface ReplicationLink {
  NodeId peer();

  IoLoop loop();

  /** Sends a frame of two slices; none is dropped for {@code cluster-link-sendbuf-limit}. */
  void sendReplication(byte[] head, int headLength, byte[] array, int offset, int length);

  /** How many bytes wait to be sent. */
  long pendingBytes();

  /**
   * Runs something when the loop next sends what waits for peers, so that it can add to that. Safe
   * from any thread.
   */
  void atEnd(Runnable filler);
}
