package io.slotcast.it.resharding;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.router.SlotHash;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterClient;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster client that knows redirects and takes any other error for a failure of the cluster. For
 * one thread.
 */
final class StrictClient implements AutoCloseable {
  private static final int MOST_REDIRECTS = 20;

  private final Map<Integer, RespConnection> byPort = new HashMap<>();
  private final Map<Integer, Integer> owners = new HashMap<>();
  private final List<Integer> ports;

  StrictClient(Cluster cluster) {
    this.ports = cluster.ports();
  }

  /** The reply to a command on one key. */
  RespValue call(String key, String... command) {
    int slot = SlotHash.slotOf(key.getBytes(StandardCharsets.UTF_8));
    int port = owners.getOrDefault(slot, ports.getFirst());
    boolean asking = false;
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      RespConnection connection = byPort.computeIfAbsent(port, RespConnection::open);
      if (asking) {
        connection.call("ASKING");
      }
      RespValue reply = connection.call(command);
      if (!reply.isError()) {
        return reply;
      }
      String error = reply.text();
      asking = error.startsWith("ASK ");
      if (error.startsWith("MOVED ") || asking) {
        port = ClusterClient.redirectTarget(error).getPort();
        if (!asking) {
          owners.put(slot, port);
        }
      } else if (!error.startsWith("TRYAGAIN")) {
        throw new AssertionError(String.join(" ", command) + ": " + error);
      }
    }
    throw new AssertionError(String.join(" ", command) + ": redirected too often");
  }

  @Override
  public void close() {
    byPort.values().forEach(RespConnection::close);
  }
}
