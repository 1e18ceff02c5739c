package io.slotcast.broker.cli;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.ctl.ClusterControl;
import io.slotcast.broker.ctl.CtlException;
import io.slotcast.broker.ctl.NodeReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a ready cluster do what clients will ask of it, so that the classes for it are in the
 * launcher's start-up cache; and the most frequent of it often, so that the cache also tells the
 * compiler what it has learnt, for a node that loads a journal or takes its first requests. Each
 * shard changes its primary too, for clients wait while that is done. What is replied does not
 * matter here.
 */
final class Rehearsal {
  private static final int TIMEOUT_MILLIS = 5_000;

  private static final List<String> COMMANDS =
      List.of(
          "PING",
          "CLUSTER SLOTS",
          "CLUSTER NODES",
          "COMMAND DOCS",
          "INFO",
          "CONFIG GET *",
          "SET key value",
          "GET key",
          "PUBLISH channel message",
          "SPUBLISH channel message",
          "HELLO 3",
          "SUBSCRIBE channel",
          "SSUBSCRIBE channel",
          "PSUBSCRIBE chan*",
          "QUIT");

  /** How often each of the frequent commands is sent to each node, which has a part of the keys. */
  private static final int ROUNDS = 20_000;

  private static final List<String> FREQUENT =
      List.of("SET key:%d value", "GET key:%d", "XADD stream:%d * field value", "LPUSH list:%d a");

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);

  private Rehearsal() {}

  static void of(List<Integer> ports) throws IOException, InterruptedException {
    serve(ports);
    failOver(ports.getFirst());
  }

  private static void serve(List<Integer> ports) throws IOException {
    for (int port : ports) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setSoTimeout(TIMEOUT_MILLIS);
        OutputStream out = new BufferedOutputStream(client.getOutputStream());
        for (int i = 0; i < ROUNDS; i++) {
          for (String command : FREQUENT) {
            out.write(RespConnection.encode(command.formatted(i).split(" ", -1)));
          }
        }
        out.write((String.join("\r\n", COMMANDS) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /** A cache that does not know of failovers is a cache all the same. */
  private static void failOver(int port) throws InterruptedException {
    InetSocketAddress seed = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ClusterControl control = new ClusterControl(seed, "", PATIENCE, step -> {});
    try {
      for (NodeReport node : control.look().nodes()) {
        if (!node.isPrimary()) {
          control.failover(node.name(), false);
        }
      }
    } catch (CtlException e) {
      log.warn("No failover was rehearsed: {}", e.getMessage());
    }
  }
}
