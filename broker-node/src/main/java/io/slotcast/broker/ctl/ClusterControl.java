package io.slotcast.broker.ctl;

import io.slotcast.broker.client.InfoText;
import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.broker.ctl.NodeReport.Own;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A running cluster, reached through one of its nodes. For one thread.
 *
 * @param seed the node that is asked for the others
 * @param password of the nodes; empty for none
 * @param patience for how long an order may take
 * @param told hears, line by line, what is being done
 */
public record ClusterControl(
    InetSocketAddress seed, String password, Duration patience, Consumer<String> told) {
  private static final Duration REPLY_PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 100;

  private static final int FIRST_SLOT_FIELD = 8;

  // ---- Looking ----

  /** What the cluster is like now. */
  public ClusterReport look() throws CtlException {
    InfoText info;
    String lines;
    try (RespConnection connection = connect(seed)) {
      info = new InfoText(text(connection.call("CLUSTER", "INFO")));
      lines = text(connection.call("CLUSTER", "NODES"));
    } catch (UncheckedIOException e) {
      throw new CtlException(name(seed) + " does not answer: " + reason(e), e);
    }
    List<NodeReport> nodes = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      nodes.add(node(line));
    }
    return new ClusterReport(
        info.field("cluster_state"), info.number("cluster_current_epoch"), inOrder(nodes));
  }

  /** A line of CLUSTER NODES, and what the node says itself. */
  private NodeReport node(String line) {
    String[] fields = line.split(" ", -1);
    String address = fields[1].substring(0, fields[1].indexOf('@'));
    int colon = address.lastIndexOf(':');
    // An empty host is the node that was asked, which does not know its own.
    String host = colon == 0 ? seed.getHostString() : address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    List<SlotRange> ranges =
        Arrays.stream(fields)
            .skip(FIRST_SLOT_FIELD)
            .filter(range -> !range.startsWith("["))
            .map(ClusterControl::range)
            .toList();
    return new NodeReport(
        fields[0],
        host,
        port,
        fields[3].equals("-") ? null : fields[3],
        Arrays.asList(fields[2].split(",", -1)).contains("fail"),
        SlotSet.of(ranges),
        own(new InetSocketAddress(host, port)));
  }

  private static SlotRange range(String text) {
    String[] bounds = text.split("-", -1);
    return new SlotRange(Integer.parseInt(bounds[0]), Integer.parseInt(bounds[bounds.length - 1]));
  }

  private @Nullable Own own(InetSocketAddress node) {
    try (RespConnection connection = connect(node)) {
      InfoText info = new InfoText(text(connection.call("INFO")));
      boolean isReplica = info.field("role").equals("slave");
      return new Own(
          version(info),
          info.number("uptime_in_seconds"),
          info.number("connected_clients"),
          connection.call("DBSIZE").integer(),
          info.number(isReplica ? "slave_repl_offset" : "master_repl_offset"),
          !isReplica || info.field("master_link_status").equals("up"),
          info.number("used_memory"));
    } catch (UncheckedIOException | CtlException e) {
      return null;
    }
  }

  private static String version(InfoText info) {
    String slotcast = info.field("slotcast_version");
    return slotcast.isEmpty() ? "redis " + info.field("redis_version") : slotcast;
  }

  private static List<NodeReport> inOrder(List<NodeReport> nodes) {
    List<NodeReport> primaries =
        nodes.stream()
            .filter(NodeReport::isPrimary)
            .sorted(
                Comparator.comparingInt(ClusterControl::firstSlot).thenComparing(NodeReport::id))
            .toList();
    List<NodeReport> ordered = new ArrayList<>();
    for (NodeReport primary : primaries) {
      ordered.add(primary);
      nodes.stream().filter(node -> primary.id().equals(node.primary())).forEach(ordered::add);
    }
    nodes.stream().filter(node -> !ordered.contains(node)).forEach(ordered::add);
    return ordered;
  }

  private static int firstSlot(NodeReport node) {
    return node.slots().stream().findFirst().orElse(Integer.MAX_VALUE);
  }

  // ---- Orders ----

  /**
   * Makes a replica its shard's primary.
   *
   * @param name of the replica
   * @param force without the primary's consent
   */
  public void failover(String name, boolean force) throws CtlException, InterruptedException {
    NodeReport replica = look().named(name);
    if (replica.isPrimary()) {
      throw new CtlException(replica.name() + " is a primary; name the replica to promote");
    }
    promote(replica, force);
  }

  private void promote(NodeReport replica, boolean force)
      throws CtlException, InterruptedException {
    if (!force) {
      // One that has just begun to follow is refused.
      await(
          report ->
              report.nodes().stream()
                  .anyMatch(node -> node.id().equals(replica.id()) && node.hearsItsPrimary()),
          replica.name() + " hears its primary");
    }
    told.accept("promoting " + replica.name());
    order(
        replica, force ? List.of("CLUSTER", "FAILOVER", "FORCE") : List.of("CLUSTER", "FAILOVER"));
    await(
        report ->
            report.nodes().stream()
                .anyMatch(node -> node.id().equals(replica.id()) && node.isPrimary()),
        replica.name() + " is the primary");
    told.accept(replica.name() + " is the primary");
  }

  /**
   * Takes a node's work from it, so that it can be stopped: its replica is promoted, or its slots
   * go to the other primaries where it has none.
   */
  public void drain(String name) throws CtlException, InterruptedException {
    ClusterReport report = look();
    NodeReport node = report.named(name);
    if (node.slots().isEmpty()) {
      told.accept(node.name() + " owns no slots");
      return;
    }
    List<NodeReport> replicas = report.goodReplicas(node);
    if (!replicas.isEmpty()) {
      promote(replicas.getFirst(), false);
      return;
    }
    List<NodeReport> others =
        report.nodes().stream()
            .filter(other -> other.isPrimary() && !other.slots().isEmpty() && other.isReachable())
            .filter(other -> !other.id().equals(node.id()))
            .toList();
    if (others.isEmpty()) {
      throw new CtlException(node.name() + " has no replica, and there is no other primary");
    }
    moveAll(node, others);
    await(
        now ->
            now.nodes().stream().noneMatch(n -> n.id().equals(node.id()) && !n.slots().isEmpty()),
        node.name() + " owns no slots");
    told.accept(node.name() + " owns no slots");
  }

  /** The slots of a node in as many parts as there are targets, each to one of them. */
  private void moveAll(NodeReport from, List<NodeReport> targets) throws CtlException {
    int[] slots = from.slots().toArray();
    List<String> command = new ArrayList<>(List.of("CLUSTER", "MIGRATESLOTS"));
    for (int i = 0; i < targets.size(); i++) {
      int begin = slots.length * i / targets.size();
      int end = slots.length * (i + 1) / targets.size();
      if (end > begin) {
        told.accept("moving %d slots to %s".formatted(end - begin, targets.get(i).name()));
        command.add("SLOTSRANGE");
        for (SlotRange range : from.slots().intersect(between(slots, begin, end)).ranges()) {
          command.add(Integer.toString(range.first()));
          command.add(Integer.toString(range.last()));
        }
        command.addAll(List.of("NODE", targets.get(i).id()));
      }
    }
    order(from, command);
  }

  private static SlotSet between(int[] slots, int begin, int end) {
    return SlotSet.range(slots[begin], slots[end - 1]);
  }

  /**
   * Evens out slots or keys over the primaries, and waits until that is done.
   *
   * @param byKeys what is evened out
   * @param dryRun only tells what would be moved
   */
  public void rebalance(boolean byKeys, boolean dryRun) throws CtlException, InterruptedException {
    String measure = byKeys ? "KEYS" : "SLOTS";
    try (RespConnection connection = connect(seed)) {
      if (dryRun) {
        told.accept(plain(connection.call("CLUSTER", "REBALANCE", measure, "DRYRUN")));
        return;
      }
      refuse(seed, connection.call("CLUSTER", "REBALANCE", measure));
      String last = "";
      while (true) {
        List<RespValue> status = connection.call("CLUSTER", "REBALANCE", "STATUS").items();
        String state = value(status, "state");
        String said =
            "%s: %s of %s slots"
                .formatted(state, value(status, "slots_done"), value(status, "slots"));
        if (!said.equals(last)) {
          told.accept(said);
          last = said;
        }
        if (state.equals("failed") || state.equals("cancelled")) {
          throw new CtlException("the rebalance " + state + ": " + value(status, "last_error"));
        }
        if (state.equals("done")) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (UncheckedIOException e) {
      throw new CtlException(name(seed) + " does not answer: " + reason(e), e);
    }
  }

  private static String value(List<RespValue> pairs, String name) {
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      if (pairs.get(i).text().equals(name)) {
        return pairs.get(i + 1).text();
      }
    }
    return "";
  }

  private static String plain(RespValue moves) {
    List<String> lines = moves.items().stream().map(RespValue::text).toList();
    return lines.isEmpty() ? "nothing to move" : String.join("\n", lines);
  }

  private void order(NodeReport node, List<String> command) throws CtlException {
    try (RespConnection connection = connect(node.address())) {
      refuse(node.address(), connection.call(command.toArray(String[]::new)));
    } catch (UncheckedIOException e) {
      throw new CtlException(node.name() + " does not answer: " + reason(e), e);
    }
  }

  private static void refuse(InetSocketAddress node, RespValue reply) throws CtlException {
    if (reply.isError()) {
      throw new CtlException(name(node) + " refuses: " + reply.text());
    }
  }

  private void await(Predicate<ClusterReport> isSo, String what)
      throws CtlException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isSo.test(look())) {
      if (System.nanoTime() - deadline > 0) {
        throw new CtlException(
            "after %d s it is not so that %s".formatted(patience.toSeconds(), what));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  // ---- Connections ----

  private RespConnection connect(InetSocketAddress node) throws CtlException {
    try {
      RespConnection connection = RespConnection.open(node, REPLY_PATIENCE);
      if (!password.isEmpty()) {
        refuse(node, connection.call("AUTH", password));
      }
      return connection;
    } catch (UncheckedIOException e) {
      throw new CtlException("no connection to " + name(node) + ": " + reason(e), e);
    }
  }

  private static String reason(UncheckedIOException e) {
    return String.valueOf(e.getCause());
  }

  private static String name(InetSocketAddress node) {
    return node.getHostString() + ":" + node.getPort();
  }

  private static String text(RespValue reply) throws CtlException {
    if (reply.isError()) {
      throw new CtlException(reply.text());
    }
    return reply.text();
  }
}
