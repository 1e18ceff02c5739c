package io.slotcast.broker.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Has a ready cluster do what clients will ask of it, so that the classes for it are in the
 * launcher's start-up cache; and the most frequent of it often, so that the cache also tells the
 * compiler what it has learnt, for a node that loads a journal or takes its first requests. What is
 * replied does not matter here.
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

  private Rehearsal() {}

  static void of(List<Integer> ports) throws IOException {
    for (int port : ports) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setSoTimeout(TIMEOUT_MILLIS);
        OutputStream out = new BufferedOutputStream(client.getOutputStream());
        for (int i = 0; i < ROUNDS; i++) {
          for (String command : FREQUENT) {
            out.write(request(command.formatted(i)));
          }
        }
        out.write((String.join("\r\n", COMMANDS) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  /** As clients send it; the others are lines of text. */
  private static byte[] request(String command) {
    List<String> words = List.of(command.split(" "));
    StringBuilder request = new StringBuilder("*").append(words.size()).append("\r\n");
    for (String word : words) {
      request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return request.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
