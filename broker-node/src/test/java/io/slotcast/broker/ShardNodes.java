package io.slotcast.broker;

import static org.awaitility.Awaitility.await;

import io.slotcast.broker.cluster.FixedMembership;
import io.slotcast.broker.config.ConfigException;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.peer.PeerLink;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** The nodes of one shard in this process; who is the primary is for the test to say. */
public final class ShardNodes implements AutoCloseable {
  private final Random random = new Random(7);
  private final ShardId shard = ShardId.random(random);
  private final List<Node> members = new ArrayList<>();
  private final Map<Node, BrokerNode> running = new HashMap<>();
  private final Map<Node, FixedMembership> memberships = new HashMap<>();
  private final Map<Node, List<RespConnection>> connections = new HashMap<>();
  private final List<String> directives;
  private Topology topology = Topology.empty();
  private long epoch;

  private ShardNodes(int count, String... directives) {
    this.directives = List.of(directives);
    int port = FreePorts.inARow(count);
    for (int i = 0; i < count; i++) {
      members.add(Node.plain(NodeId.random(random), "127.0.0.1", port + i));
    }
  }

  /** Starts so many nodes, the first of them as the primary. */
  public static ShardNodes of(int count, String... directives) {
    ShardNodes nodes = new ShardNodes(count, directives);
    nodes.promote(0);
    for (int i = 0; i < count; i++) {
      nodes.start(i);
    }
    return nodes;
  }

  /** Starts a node that does not run. */
  public void start(int i) {
    Node node = members.get(i);
    List<String> options =
        new ArrayList<>(
            List.of("--port", Integer.toString(node.port()), "--bind", "127.0.0.1", "--dir", ""));
    options.addAll(directives);
    FixedMembership membership = new FixedMembership(node, topology);
    membership.serving(isPrimary(node));
    try {
      running.put(node, BrokerNode.start(ServerConfig.load(null, options), membership));
      memberships.put(node, membership);
    } catch (StartupException | ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends a node as a crash would. */
  public void stop(int i) {
    Node node = members.get(i);
    connections.getOrDefault(node, List.of()).forEach(RespConnection::close);
    connections.remove(node);
    BrokerNode ended = running.remove(node);
    memberships.remove(node);
    if (ended != null) {
      ended.close();
    }
  }

  private boolean isPrimary(Node node) {
    return topology.shards().getFirst().primary().equals(node.id());
  }

  /** All nodes that run learn that this one is the primary, those that are no more first. */
  public void promote(int primary) {
    NodeId id = members.get(primary).id();
    List<NodeId> replicas = members.stream().map(Node::id).filter(o -> !o.equals(id)).toList();
    epoch++;
    topology =
        new Topology(
            epoch,
            members,
            List.of(new Shard(shard, id, replicas, SlotSet.all(), epoch)),
            List.of());
    memberships.forEach((node, membership) -> membership.serving(isPrimary(node)));
    memberships.entrySet().stream()
        .sorted((a, b) -> Boolean.compare(isPrimary(a.getKey()), isPrimary(b.getKey())))
        .forEach(each -> each.getValue().change(topology));
  }

  public BrokerNode node(int i) {
    return Objects.requireNonNull(running.get(members.get(i)), "it does not run");
  }

  /** A new connection, closed with its node. */
  public RespConnection connect(int i) {
    RespConnection connection = RespConnection.to(members.get(i).port());
    connections.computeIfAbsent(members.get(i), node -> new ArrayList<>()).add(connection);
    return connection;
  }

  /** A new connection that said READONLY. */
  public RespConnection reader(int i) {
    RespConnection connection = connect(i);
    connection.call("READONLY");
    return connection;
  }

  /** Cuts the connections of a node to its peers; they are made again. */
  public void breakLinks(int i) {
    node(i).peers().links().forEach(PeerLink::reconnect);
  }

  /** Has a replica take nothing in before the shard has another epoch. */
  public void freeze(int i) {
    NodeId primary = topology.shards().getFirst().primary();
    node(i).replication().freeze(primary, epoch).toCompletableFuture().join();
  }

  /** Waits until a replica has all that the primary has done so far. */
  public void awaitInSync(int primary, int replica) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              String info = info(replica);
              String offset = field(info(primary), "master_repl_offset");
              return info.contains("master_link_status:up")
                  && field(info, "slave_repl_offset").equals(offset);
            });
  }

  /** INFO replication of a node. */
  public String info(int i) {
    try (RespConnection connection = RespConnection.to(members.get(i).port())) {
      return connection.text("INFO", "replication", "stats");
    }
  }

  /** A field of INFO. */
  public static String field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .findFirst()
        .map(line -> line.substring(name.length() + 1))
        .orElseThrow(() -> new AssertionError("no " + name + " in\n" + info));
  }

  @Override
  public void close() {
    for (int i = 0; i < members.size(); i++) {
      stop(i);
    }
  }
}
