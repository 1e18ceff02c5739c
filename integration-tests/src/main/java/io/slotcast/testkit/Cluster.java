package io.slotcast.testkit;

import io.slotcast.broker.client.RespConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cluster that runs on this machine and ends with {@link #close()}. Its nodes are numbered from
 * 0.
 */
public interface Cluster extends AutoCloseable {
  /** The client port of each node, by its number. */
  List<Integer> ports();

  default int port(int node) {
    return ports().get(node);
  }

  /** Where clients reach a node: on 127.0.0.1, unless the nodes have hosts of their own. */
  default InetSocketAddress address(int node) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port(node));
  }

  /** Of all nodes, by their number. */
  default List<InetSocketAddress> addresses() {
    return IntStream.range(0, ports().size()).mapToObj(this::address).toList();
  }

  /** A new connection to a node. */
  default RespConnection connect(int node) {
    return RespConnection.open(address(node));
  }

  /** What may help to see why a test failed; empty if nothing is kept. */
  default String logs() {
    return "";
  }

  @Override
  void close();
}
