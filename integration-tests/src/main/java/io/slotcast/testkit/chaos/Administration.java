package io.slotcast.testkit.chaos;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterProcesses;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What an operator does and looks at, over one node that answers. */
final class Administration {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final ClusterProcesses cluster;
  private final EventLog events;

  Administration(ClusterProcesses cluster, EventLog events) {
    this.cluster = cluster;
    this.events = events;
  }

  /** A line of CLUSTER NODES. */
  private record NodeLine(
      String id, String address, String flags, String primary, String link, List<String> slots) {
    static NodeLine of(String line) {
      String[] fields = line.split(" ");
      return new NodeLine(
          fields[0],
          fields[1],
          fields[2],
          fields[3],
          fields[7],
          Arrays.asList(fields).subList(8, fields.length));
    }

    boolean isPrimary() {
      return flags.contains("master");
    }

    int port() {
      String endpoint = address.substring(0, address.indexOf('@'));
      return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }
  }

  // ---- Looking ----

  /** Ports of the primaries with slots, with how many ranges each has. */
  String primaries() {
    TreeMap<Integer, Integer> ranges = new TreeMap<>();
    for (NodeLine node : nodes()) {
      if (node.isPrimary() && !node.slots().isEmpty()) {
        ranges.put(node.port(), node.slots().size());
      }
    }
    return ranges.toString();
  }

  private List<NodeLine> nodes() {
    for (int node = 0; node < cluster.ports().size(); node++) {
      Optional<RespValue> lines = ask(node, "CLUSTER", "NODES");
      if (lines.isPresent()) {
        return lines.get().text().lines().map(NodeLine::of).toList();
      }
    }
    throw new IllegalStateException("no node answers");
  }

  private Optional<RespValue> ask(int node, String... command) {
    try (RespConnection connection = RespConnection.open(cluster.address(node), ANSWER)) {
      return Optional.of(connection.call(command));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /**
   * Waits until every node serves and sees all others, and every replica follows its primary.
   *
   * @throws IllegalStateException if that does not come to be
   */
  void awaitWhole() {
    cluster.awaitReady();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> missing = missing();
    while (!missing.isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the cluster does not become whole: " + missing);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      missing = missing();
    }
  }

  /** What keeps the cluster from bearing another fault. */
  private List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (int node = 0; node < cluster.ports().size(); node++) {
      String info = ask(node, "INFO", "replication").map(RespValue::text).orElse("silent");
      boolean follows = info.contains("role:slave") && info.contains("master_link_status:up");
      boolean isFollowed = info.contains("role:master") && info.contains("state=online");
      if (!follows && !isFollowed) {
        missing.add(cluster.port(node) + ": " + info.lines().limit(6).toList());
      }
    }
    return missing;
  }

  // ---- Acting ----

  /**
   * CLUSTER FAILOVER at some replica of the shard with the number, counted by its primary's port.
   */
  void handOver(int shard) {
    NodeLine primary = primary(shard);
    nodes().stream()
        .filter(node -> node.primary().equals(primary.id()))
        .findFirst()
        .ifPresent(replica -> note("CLUSTER FAILOVER", call(replica, "CLUSTER", "FAILOVER")));
  }

  /** Moves slots that the one shard has to the other, and returns when that is asked for. */
  void move(Fault.Move move) {
    NodeLine source = primary(move.fromShard());
    NodeLine target = primary(move.toShard());
    Optional<String> range =
        source.slots().stream().filter(slots -> !slots.startsWith("[")).findFirst();
    if (range.isEmpty() || source.id().equals(target.id())) {
      return;
    }
    String[] ends = range.get().split("-");
    int first = Integer.parseInt(ends[0]);
    int last = Math.min(first + move.slots() - 1, Integer.parseInt(ends[ends.length - 1]));
    note(
        "CLUSTER MIGRATESLOTS " + first + " to " + last + " at " + source.port(),
        call(
            source,
            "CLUSTER",
            "MIGRATESLOTS",
            "SLOTSRANGE",
            Integer.toString(first),
            Integer.toString(last),
            "NODE",
            target.id()));
  }

  /** Numbers of a shard's nodes. */
  Set<Integer> members(int shard) {
    NodeLine primary = primary(shard);
    return nodes().stream()
        .filter(node -> node.id().equals(primary.id()) || node.primary().equals(primary.id()))
        .map(node -> cluster.ports().indexOf(node.port()))
        .collect(Collectors.toSet());
  }

  private NodeLine primary(int shard) {
    List<NodeLine> primaries =
        nodes().stream()
            .filter(NodeLine::isPrimary)
            .filter(node -> !node.slots().isEmpty())
            .sorted(Comparator.comparingInt(NodeLine::port))
            .toList();
    return primaries.get(shard % primaries.size());
  }

  private Optional<RespValue> call(NodeLine node, String... command) {
    return ask(cluster.ports().indexOf(node.port()), command);
  }

  private void note(String what, Optional<RespValue> reply) {
    events.add(what + ": " + reply.map(RespValue::toString).orElse("no reply"));
  }
}
