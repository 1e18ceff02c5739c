package io.slotcast.membership;

import io.slotcast.router.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Small facts that nodes tell each other without agreeing on them: offsets, load. Each node writes
 * its own and reads the newest that it heard of the others; what is lost on the way is told again
 * within about a second. Safe from any thread; nothing blocks.
 */
public interface SoftState {
  /** What all entries of one node may come to, names included, in bytes. */
  int MAX_BYTES = 32 * 1024;

  /**
   * Tells all nodes {@code value} under {@code name}, in the place of what this node told before;
   * several calls within a short while travel as one.
   *
   * @throws IllegalArgumentException if this node's entries would come to more than {@link
   *     #MAX_BYTES}
   */
  void publish(String name, byte[] value);

  /** The newest value that {@code node} is known to have published; null if none is. */
  byte @Nullable [] read(NodeId node, String name);

  /** The newest known value of each node that published one and is still thought alive. */
  Map<NodeId, byte[]> readAll(String name);
}
