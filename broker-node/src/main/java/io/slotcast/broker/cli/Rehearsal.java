package io.slotcast.broker.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Has a ready cluster do once what clients will ask of it, so that the classes for it are in the
 * launcher's start-up cache. What is replied does not matter here.
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

  private Rehearsal() {}

  static void of(List<Integer> ports) throws IOException {
    for (int port : ports) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setSoTimeout(TIMEOUT_MILLIS);
        String commands = String.join("\r\n", COMMANDS) + "\r\n";
        client.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
