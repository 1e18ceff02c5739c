package io.slotcast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.config.ConfigException;
import io.slotcast.broker.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node from its start to its end, with the real control plane. */
class NodeLifecycleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  private final int port = FreePorts.inARow(1);
  private final List<BrokerNode> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(BrokerNode::close);
  }

  private ServerConfig config(int clientPort, String... directives) {
    List<String> all =
        new ArrayList<>(
            List.of("--bind", "127.0.0.1", "--port", Integer.toString(clientPort), "--dir", ""));
    all.addAll(List.of(directives));
    try {
      return ServerConfig.of(all.toArray(String[]::new));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private BrokerNode start(ServerConfig config) throws StartupException {
    BrokerNode node = BrokerNode.start(config);
    nodes.add(node);
    return node;
  }

  private static ServerSocket occupy(int taken) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), taken));
    return socket;
  }

  private void assertPortsAreFree() throws IOException {
    for (int each : new int[] {port, port + 10_000, port + 20_000}) {
      occupy(each).close();
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        // Carriers of virtual threads are the JVM's.
        .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("awaitility"))
        .collect(Collectors.toSet());
  }

  @Test
  void aNodeAloneIsAClusterAndReady() throws Exception {
    BrokerNode node = start(config(port));
    assertThat(node.ready()).succeedsWithin(PATIENCE);
    try (RespConnection client = RespConnection.to(port)) {
      assertThat(client.line("SET key value")).isEqualTo("+OK\r\n");
    }
  }

  @Test
  void aClosedNodeLeavesNoPortAndNoThread() throws Exception {
    // What is made once and stays, such as timers of libraries, is there after a first node.
    start(config(port)).close();
    await().atMost(PATIENCE).untilAsserted(this::assertPortsAreFree);
    Set<String> before = threads();
    BrokerNode node = start(config(port));
    assertThat(node.ready()).succeedsWithin(PATIENCE);
    try (RespConnection client = RespConnection.to(port)) {
      assertThat(client.line("PING")).isEqualTo("+PONG\r\n");
      node.close();
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertPortsAreFree();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
  }

  @Test
  void closingTwiceIsClosingOnce() throws Exception {
    BrokerNode node = start(config(port));
    node.leave();
    node.close();
    node.leave();
    assertThat(node.closed()).isCompleted();
    assertPortsAreFree();
  }

  @Test
  void aPortInUseIsSaidAndNothingIsLeftRunning() throws Exception {
    Path dir = Files.createDirectory(folder.resolve("data"));
    for (int offset : new int[] {0, 10_000, 20_000}) {
      try (ServerSocket taken = occupy(port + offset)) {
        assertThatThrownBy(() -> start(config(port, "--dir", dir.toString())))
            .isInstanceOf(StartupException.class)
            .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort())
            .hasMessageContaining("Address already in use");
      }
      assertPortsAreFree();
    }
    // The folder was given up as well.
    assertThat(start(config(port, "--dir", dir.toString())).ready()).succeedsWithin(PATIENCE);
  }

  @Test
  void aFolderThatAnotherNodeHoldsIsNamed() throws Exception {
    start(config(port, "--dir", folder.toString()));
    int other = FreePorts.inARow(1);
    assertThatThrownBy(() -> start(config(other, "--dir", folder.toString())))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("process " + ProcessHandle.current().pid());
  }

  @Test
  void aDamagedFolderIsNamed() throws Exception {
    BrokerNode node = start(config(port, "--dir", folder.toString()));
    assertThat(node.ready()).succeedsWithin(PATIENCE);
    node.close();
    Path register = folder.resolve("register");
    byte[] kept = Files.readAllBytes(register);
    kept[kept.length / 2] ^= 1;
    Files.write(register, kept);
    assertThatThrownBy(() -> start(config(port, "--dir", folder.toString())))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(register.toString())
        .hasMessageContaining("checksum");
    assertPortsAreFree();
  }

  @Test
  void aNodeComesBackAsWhatItWas() throws Exception {
    BrokerNode node = start(config(port, "--dir", folder.toString()));
    assertThat(node.ready()).succeedsWithin(PATIENCE);
    String id;
    try (RespConnection client = RespConnection.to(port)) {
      id = client.line("CLUSTER MYID");
    }
    node.leave();
    assertThat(start(config(port, "--dir", folder.toString())).ready()).succeedsWithin(PATIENCE);
    try (RespConnection client = RespConnection.to(port)) {
      assertThat(client.line("CLUSTER MYID")).isEqualTo(id);
    }
  }

  @Test
  void anAddressThatThisMachineHasNotIsSaid() {
    ServerConfig config = config(port, "--admin-bind", "192.0.2.77");
    assertThatThrownBy(() -> start(config))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("cannot listen on 192.0.2.77:" + (port + 20_000) + " (admin): ");
  }

  @Test
  void wildcardsOfBothKindsTakeClientsOfBoth() throws Exception {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    assumeThat(NetworkInterface.getByInetAddress(loopback)).isNotNull();
    start(config(port, "--bind", "*", "-::*"));
    for (String host : List.of("127.0.0.1", "::1")) {
      try (Socket socket = new Socket(InetAddress.ofLiteral(host), port);
          RespConnection client = RespConnection.over(socket)) {
        assertThat(client.line("PING")).as(host).isEqualTo("+PONG\r\n");
      }
    }
  }

  @Test
  void withoutAnAdminPortNothingListensThere() throws Exception {
    start(config(port, "--admin-port", "0"));
    occupy(port + 20_000).close();
  }
}
