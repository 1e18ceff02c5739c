package io.slotcast.it;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.testkit.Cluster;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What scripted clients of several nodes say and are told, to be compared between two clusters.
 *
 * <p>A step is a connection's name and what it sends, separated by spaces, {@code ""} for nothing.
 * The name's first letter says to which node it goes. Behind the name, {@code !}: the reply comes
 * later; {@code ?} alone reads it; {@code ~}: the reply is not told. The id of node x is $X and its
 * port $XP, in what is sent and in what is told.
 */
public final class Conversation {
  private final Cluster cluster;
  private final String nodes;

  /**
   * @param nodes the letter of each node; a connection of another letter is to the first
   */
  public Conversation(Cluster cluster, String nodes) {
    this.cluster = cluster;
    this.nodes = nodes;
  }

  /** All of it, a step and its reply each; bytes as they came, but for ids and ports. */
  public List<String> play(List<String> script) {
    Map<String, String> names = names();
    Map<String, RespConnection> connections = new HashMap<>();
    List<String> seen = new ArrayList<>();
    for (String step : script) {
      String who = step.split("[ !?~]", 2)[0];
      RespConnection connection =
          connections.computeIfAbsent(who, key -> cluster.connect(nodeOf(key)));
      if (step.contains(" ")) {
        connection.send(words(step, names));
      }
      if (!step.startsWith(who + "!")) {
        String reply = read(connection, step);
        seen.add(step + "\n  " + (step.startsWith(who + "~") ? "" : shown(reply, names)));
      }
    }
    connections.values().forEach(RespConnection::close);
    return seen;
  }

  private static String read(RespConnection connection, String step) {
    try {
      return new String(connection.readRaw(), StandardCharsets.ISO_8859_1);
    } catch (UncheckedIOException e) {
      throw new AssertionError("no reply to: " + step, e);
    }
  }

  /** What stands for what differs from run to run. */
  private Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    for (String node : nodes.split("")) {
      int number = nodeOf(node);
      String name = "$" + node.toUpperCase(Locale.ROOT);
      try (RespConnection connection = cluster.connect(number)) {
        names.put(name, connection.call("CLUSTER", "MYID").text());
      }
      names.put(name + "P", Integer.toString(cluster.port(number)));
    }
    return names;
  }

  private int nodeOf(String connection) {
    return Math.max(0, nodes.indexOf(connection.charAt(0)));
  }

  private static String[] words(String step, Map<String, String> names) {
    String[] words = step.substring(step.indexOf(' ') + 1).split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      words[i] = words[i].equals("\"\"") ? "" : names.getOrDefault(words[i], words[i]);
    }
    return words;
  }

  private static String shown(String reply, Map<String, String> names) {
    String text = reply;
    for (Map.Entry<String, String> name : names.entrySet()) {
      text = text.replace(name.getValue(), name.getKey());
    }
    return text.replace("\r\n", "\\r\\n");
  }
}
