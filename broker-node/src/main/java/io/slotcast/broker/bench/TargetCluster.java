package io.slotcast.broker.bench;

import io.slotcast.broker.client.InfoText;
import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.router.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cluster that is measured: its nodes as CLUSTER SLOTS told them when it was opened, and what
 * can be asked of them. For one thread.
 */
public final class TargetCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ROUTING = "publish-routing";

  private final String password;
  private final List<TargetNode> nodes;
  private final int[] owners;
  private final String server;
  private final Set<Long> pids;

  /** What {@code publish-routing} was before, by node; empty as long as it is. */
  private final Map<TargetNode, String> routingBefore = new LinkedHashMap<>();

  private TargetCluster(String password, List<TargetNode> nodes, int[] owners, Set<Long> pids) {
    this.password = password;
    this.nodes = List.copyOf(nodes);
    this.owners = owners;
    this.pids = pids;
    this.server = describe(nodes.getFirst().info("server"));
  }

  /**
   * @param password of the nodes; empty for none
   * @throws BenchException if the node cannot be reached, or is of no cluster that serves
   */
  public static TargetCluster open(InetSocketAddress seed, String password) throws BenchException {
    int[] owners = new int[SlotHash.SLOTS];
    Map<InetSocketAddress, Boolean> primaries = new LinkedHashMap<>();
    try (RespConnection connection = connect(seed, password)) {
      learn(connection.call("CLUSTER", "SLOTS"), seed, primaries, owners);
    } catch (UncheckedIOException e) {
      throw new BenchException(seed + " does not answer CLUSTER SLOTS: " + e.getMessage(), e);
    }
    List<TargetNode> nodes = new ArrayList<>();
    for (Map.Entry<InetSocketAddress, Boolean> node : primaries.entrySet()) {
      nodes.add(new TargetNode(node.getKey(), node.getValue(), password));
    }
    return new TargetCluster(password, nodes, owners, localPids(nodes));
  }

  private static void learn(
      RespValue slots,
      InetSocketAddress seed,
      Map<InetSocketAddress, Boolean> primaries,
      int[] owners)
      throws BenchException {
    if (slots.isError()) {
      throw new BenchException(seed + " is no node of a cluster: " + slots.text());
    }
    int assigned = 0;
    List<InetSocketAddress> replicas = new ArrayList<>();
    List<InetSocketAddress> order = new ArrayList<>();
    for (RespValue range : slots.items()) {
      InetSocketAddress owner = address(range.item(2), seed);
      if (primaries.put(owner, true) == null) {
        order.add(owner);
      }
      for (int i = 3; i < range.items().size(); i++) {
        replicas.add(address(range.item(i), seed));
      }
      for (long slot = range.item(0).integer(); slot <= range.item(1).integer(); slot++) {
        owners[Math.toIntExact(slot)] = order.indexOf(owner);
        assigned++;
      }
    }
    if (assigned < SlotHash.SLOTS) {
      throw new BenchException(
          "the cluster of " + seed + " serves " + assigned + " of " + SlotHash.SLOTS + " slots");
    }
    replicas.forEach(replica -> primaries.putIfAbsent(replica, false));
  }

  /** An empty host is the one that was asked, as Redis has it. */
  private static InetSocketAddress address(RespValue node, InetSocketAddress seed) {
    String host = node.item(0).text();
    return new InetSocketAddress(
        host.isEmpty() ? seed.getHostString() : host, Math.toIntExact(node.item(1).integer()));
  }

  static RespConnection connect(InetSocketAddress address, String password) throws BenchException {
    RespConnection connection;
    try {
      connection = RespConnection.open(address, PATIENCE);
      if (!password.isEmpty()) {
        RespValue reply = connection.call("AUTH", password);
        if (reply.isError()) {
          connection.close();
          throw new BenchException(address + " refuses the password: " + reply.text());
        }
      }
    } catch (UncheckedIOException e) {
      throw new BenchException("no connection to " + address + ": " + e.getCause(), e);
    }
    return connection;
  }

  /** The processes of all nodes; empty unless each runs on this machine. */
  private static Set<Long> localPids(List<TargetNode> nodes) {
    Set<Long> pids = new HashSet<>();
    for (TargetNode node : nodes) {
      String pid = node.info("server").field("process_id");
      if (pid.isEmpty() || !isHere(node.address()) || !ServerCpu.isKnown(Long.parseLong(pid))) {
        return Set.of();
      }
      pids.add(Long.parseLong(pid));
    }
    return pids;
  }

  private static boolean isHere(InetSocketAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address.getAddress()) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static String describe(InfoText info) {
    for (String name : List.of("slotcast", "valkey", "redis")) {
      String version = info.field(name + "_version");
      if (!version.isEmpty()) {
        return name + " " + version;
      }
    }
    return "unknown server";
  }

  // ---- What it is ----

  /** Name and version, such as {@code redis 7.0.15}. */
  public String server() {
    return server;
  }

  /** Of all nodes, replicas included. */
  public int size() {
    return nodes.size();
  }

  List<TargetNode> primaries() {
    return nodes.stream().filter(TargetNode::isPrimary).toList();
  }

  /** How many replicas each primary has on the average. */
  double replicasOfEach() {
    int primaries = primaries().size();
    return (double) (size() - primaries) / primaries;
  }

  /** Which of the primaries owns a channel's slot. */
  int ownerOf(String channel) {
    return owners[SlotHash.slotOf(channel.getBytes(StandardCharsets.UTF_8))];
  }

  String password() {
    return password;
  }

  // ---- What it has done ----

  /** Whether all nodes run on this machine, so that their time on processors can be read. */
  boolean tellsCpu() {
    return !pids.isEmpty();
  }

  double cpuSeconds() throws BenchException {
    return ServerCpu.seconds(pids);
  }

  BusTraffic traffic(FanoutMode mode) {
    return nodes.stream().map(node -> node.traffic(mode)).reduce(BusTraffic.NONE, BusTraffic::plus);
  }

  // ---- What it is to do ----

  /** Whether messages can be sent in this mode. */
  boolean offers(FanoutMode mode) {
    return mode != FanoutMode.INTEREST || !nodes.getFirst().directive(ROUTING).isEmpty();
  }

  /** Has the nodes route messages so; how they did before is restored at the end. */
  void use(FanoutMode mode) throws BenchException {
    if (mode == FanoutMode.SHARDED || nodes.getFirst().directive(ROUTING).isEmpty()) {
      return;
    }
    String wanted = mode == FanoutMode.INTEREST ? "interest" : "broadcast";
    for (TargetNode node : nodes) {
      routingBefore.putIfAbsent(node, node.directive(ROUTING));
      node.directive(ROUTING, wanted);
    }
  }

  @Override
  public void close() throws BenchException {
    for (Map.Entry<TargetNode, String> node : routingBefore.entrySet()) {
      node.getKey().directive(ROUTING, node.getValue());
    }
    nodes.forEach(TargetNode::close);
  }
}
