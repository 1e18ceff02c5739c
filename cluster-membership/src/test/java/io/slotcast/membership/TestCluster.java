package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.membership.bus.LinkFaults;
import io.slotcast.membership.control.ControlPlane;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of one cluster inside the test, each on its own loopback port, named 0, 1, 2 … in the order
 * of their announced ports.
 */
final class TestCluster implements AutoCloseable {
  private static final int FIRST_PORT = 7001;

  /** For a machine that does much else besides. */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private final List<InetSocketAddress> buses;
  private final int initialNodes;
  private final int replicas;
  private final @Nullable Path folder;
  private final SortedMap<Integer, ControlPlane> running =
      Collections.synchronizedSortedMap(new TreeMap<>());

  /** Pairs of bus ports, lower first, whose link is cut. */
  private final Set<List<Integer>> cut = ConcurrentHashMap.newKeySet();

  TestCluster(int nodes, int initialNodes, int replicas, @Nullable Path folder) {
    this.buses = FreePorts.loopback(nodes);
    this.initialNodes = initialNodes;
    this.replicas = replicas;
    this.folder = folder;
  }

  /** A cluster of {@code nodes}, all started, that keeps nothing. */
  static TestCluster started(int nodes, int replicas) {
    TestCluster cluster = new TestCluster(nodes, nodes, replicas, null);
    cluster.startAll();
    return cluster;
  }

  MembershipConfig config(int index) {
    InetSocketAddress bus = buses.get(index);
    return new MembershipConfig(
        folder == null ? null : folderOf(index),
        "127.0.0.1",
        "",
        FIRST_PORT + index,
        0,
        bus,
        bus.getPort(),
        "",
        buses.size() == 1 ? List.of() : buses,
        initialNodes,
        replicas,
        false,
        "a secret",
        Duration.ofSeconds(3),
        Duration.ofSeconds(1));
  }

  Path folderOf(int index) {
    return Objects.requireNonNull(folder).resolve("node-" + index);
  }

  void startAll() {
    for (int i = 0; i < buses.size(); i++) {
      start(i);
    }
  }

  ControlPlane start(int index) {
    return start(index, config -> config);
  }

  ControlPlane start(int index, UnaryOperator<MembershipConfig> change) {
    ControlPlane node = startApart(index, change);
    running.put(index, node);
    return node;
  }

  /** Starts a node that is not one of the cluster's own. */
  ControlPlane startApart(int index, UnaryOperator<MembershipConfig> change) {
    int port = buses.get(index).getPort();
    LinkFaults faults = peer -> cut.contains(link(port, peer.getPort()));
    try {
      return ControlPlane.start(change.apply(config(index)), faults);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MembershipConfig withSeeds(MembershipConfig config, InetSocketAddress... seeds) {
    return changed(config, config.folder(), config.port(), List.of(seeds), config.secret());
  }

  static MembershipConfig withSecret(MembershipConfig config, String secret) {
    return changed(config, config.folder(), config.port(), config.seeds(), secret);
  }

  static MembershipConfig withPort(MembershipConfig config, int port) {
    return changed(config, config.folder(), port, config.seeds(), config.secret());
  }

  /** A node that is a cluster of its own without slots, and knows nobody. */
  static MembershipConfig byHand(MembershipConfig config) {
    return new MembershipConfig(
        config.folder(),
        config.announcedHost(),
        config.announcedHostname(),
        config.port(),
        config.tlsPort(),
        config.bus(),
        config.announcedBusPort(),
        config.zone(),
        List.of(),
        1,
        config.replicasPerShard(),
        true,
        config.secret(),
        config.nodeTimeout(),
        config.leaseLength());
  }

  static MembershipConfig withoutFolder(MembershipConfig config) {
    return changed(config, null, config.port(), config.seeds(), config.secret());
  }

  private static MembershipConfig changed(
      MembershipConfig config,
      @Nullable Path folder,
      int port,
      List<InetSocketAddress> seeds,
      String secret) {
    return new MembershipConfig(
        folder,
        config.announcedHost(),
        config.announcedHostname(),
        port,
        config.tlsPort(),
        config.bus(),
        config.announcedBusPort(),
        config.zone(),
        seeds,
        config.initialNodes(),
        config.replicasPerShard(),
        config.byHand(),
        secret,
        config.nodeTimeout(),
        config.leaseLength());
  }

  private static List<Integer> link(int one, int other) {
    return List.of(Math.min(one, other), Math.max(one, other));
  }

  /** Cuts every link between the nodes of {@code side} and the others. */
  void partition(Set<Integer> side) {
    for (int one = 0; one < buses.size(); one++) {
      for (int other = one + 1; other < buses.size(); other++) {
        if (side.contains(one) != side.contains(other)) {
          cut.add(link(buses.get(one).getPort(), buses.get(other).getPort()));
        }
      }
    }
  }

  void heal() {
    cut.clear();
  }

  ControlPlane node(int index) {
    return Objects.requireNonNull(running.get(index));
  }

  Collection<ControlPlane> nodes() {
    return List.copyOf(running.values());
  }

  /** Takes the node away as a crash would. */
  void kill(int index) {
    Objects.requireNonNull(running.remove(index)).close();
  }

  void leave(int index) {
    Objects.requireNonNull(running.remove(index)).leave();
  }

  /** Waits until all running nodes see each other, know one topology with all, and hold leases. */
  Topology awaitFormed() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Topology first = nodes().iterator().next().topology().current();
              for (ControlPlane node : nodes()) {
                assertThat(node.topology().current()).isEqualTo(first);
                assertThat(node.live()).hasSize(running.size());
                assertThat(first.node(node.self().id())).isEqualTo(node.self());
                assertThat(isServing(node)).isTrue();
              }
            });
    return nodes().iterator().next().topology().current();
  }

  /** A change that can be told from others: it adds a node that is in no shard. */
  static TopologyChange marked(Node marker) {
    return found -> found.withNode(marker);
  }

  static Node marker(int number) {
    return Node.plain(new NodeId("%040x".formatted(number)), "192.0.2.1", number);
  }

  /** Whether a node holds the lease on every slot of its own. */
  static boolean isServing(ControlPlane node) {
    return node.topology().current().epoch() > 0
        && node.topology().current().slotsOf(node.self().id()).stream()
            .allMatch(node.servingRight()::holds);
  }

  Node self(int index) {
    return node(index).self();
  }

  @Override
  public void close() {
    nodes().forEach(ControlPlane::close);
  }
}
