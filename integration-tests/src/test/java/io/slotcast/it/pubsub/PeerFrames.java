package io.slotcast.it.pubsub;

import io.slotcast.testkit.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The frames that a node has sent to each other node, by its metrics. */
final class PeerFrames {
  private static final int ADMIN_OFFSET = 20_000;
  private static final Pattern SENT =
      Pattern.compile(
          "slotcast_peer_sent_frames_total\\{kind=\"(?<kind>\\w+)\",peer=\"(?<peer>\\w+)\".*\\}"
              + " (?<count>[0-9.E]+)");

  private PeerFrames() {}

  /** By the ids of the peers; a peer that got none of that kind is not there. */
  static Map<String, Long> sent(Cluster cluster, int node, String kind) {
    Map<String, Long> sent = new TreeMap<>();
    for (String line : metrics(cluster, node).split("\n", -1)) {
      Matcher matcher = SENT.matcher(line);
      if (matcher.matches() && matcher.group("kind").equals(kind)) {
        sent.put(matcher.group("peer"), (long) Double.parseDouble(matcher.group("count")));
      }
    }
    return sent;
  }

  /** How many more were sent than before, to those who got any. */
  static Map<String, Long> since(Map<String, Long> before, Map<String, Long> now) {
    Map<String, Long> more = new TreeMap<>();
    now.forEach(
        (peer, count) -> {
          long difference = count - before.getOrDefault(peer, 0L);
          if (difference > 0) {
            more.put(peer, difference);
          }
        });
    return more;
  }

  private static String metrics(Cluster cluster, int node) {
    URI uri = URI.create("http://127.0.0.1:" + (cluster.port(node) + ADMIN_OFFSET) + "/metrics");
    try (var body = uri.toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
