package io.slotcast.testkit;

import java.util.List;

/**
 * A cluster that runs on this machine, on 127.0.0.1, and ends with {@link #close()}. Its nodes are
 * numbered from 0.
 */
public interface Cluster extends AutoCloseable {
  /** The client port of each node, by its number. */
  List<Integer> ports();

  default int port(int node) {
    return ports().get(node);
  }

  /** A new connection to a node. */
  default RespConnection connect(int node) {
    return RespConnection.open(port(node));
  }

  /** What may help to see why a test failed; empty if nothing is kept. */
  default String logs() {
    return "";
  }

  @Override
  void close();
}
