package io.slotcast.it.resharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slotcast.broker.BrokerNode;
import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.testkit.ClusterClient;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import io.slotcast.testkit.FreePorts;
import io.slotcast.testkit.ServerProgram;
import io.slotcast.testkit.host.SystemCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What people do with {@code redis-cli --cluster}, by the real one, on nodes that are processes of
 * their own and know of each other only what it tells them.
 */
class MadeByHandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int KEYS = 60;
  private static final int MOVED = 4;

  private static String tool(String command, String... arguments) {
    List<String> words = new ArrayList<>(List.of("redis-cli", "--cluster", command));
    words.addAll(List.of(arguments));
    return SystemCommand.run(words);
  }

  private static String address(int port) {
    return "127.0.0.1:" + port;
  }

  private static String idOf(ClusterProcesses cluster, int port) {
    return line(cluster, port).split(" ", 2)[0];
  }

  private static String line(ClusterProcesses cluster, int port) {
    try (RespConnection connection = cluster.connect(0)) {
      return connection
          .call("CLUSTER", "NODES")
          .text()
          .lines()
          .filter(each -> each.contains(":" + port + "@"))
          .findFirst()
          .orElse("");
    }
  }

  private static void awaitAgreed(ClusterProcesses cluster, int nodes) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              String check = tool("check", address(cluster.port(0)));
              return check.contains("[OK] All nodes agree about slots configuration.")
                  && check.contains("[OK] All 16384 slots covered.")
                  && tool("call", address(cluster.port(0)), "ping").lines().count() == nodes + 1;
            });
  }

  @Test
  void aClusterIsCreatedGrowsAndShrinksByRedisCli() throws Exception {
    assumeTrue(ServerProgram.SLOTCAST_BY_HAND.missing().isEmpty(), "redis-cli is needed");
    try (ClusterProcesses cluster =
            ClusterProcesses.start(ServerProgram.SLOTCAST_BY_HAND, ClusterPlan.sixNodes());
        BrokerNode more =
            BrokerNode.start(
                ServerConfig.of(
                    "--port",
                    FreePorts.take(1).getFirst().toString(),
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    "",
                    "--cluster-formation",
                    "manual"))) {
      int port = more.port();
      awaitAgreed(cluster, 6);
      assertThat(line(cluster, cluster.port(4))).contains(" slave ");
      try (ClusterClient client = client(cluster)) {
        write(client);

        String first = address(cluster.port(0));
        tool("add-node", address(port), first);
        awaitAgreed(cluster, 7);
        move(first, idOf(cluster, cluster.port(0)), idOf(cluster, port));
        awaitAgreed(cluster, 7);
        assertThat(line(cluster, port)).endsWith(" connected 0-" + (MOVED - 1));
        read(client);

        move(first, idOf(cluster, port), idOf(cluster, cluster.port(0)));
        tool("del-node", first, idOf(cluster, port));
        awaitAgreed(cluster, 6);
        assertThat(line(cluster, port)).isEmpty();
        assertThat(SystemCommand.run(List.of("redis-cli", "-p", "" + port, "CLUSTER", "INFO")))
            .contains("cluster_known_nodes:1")
            .contains("cluster_slots_assigned:0");
        read(client);

        tool("add-node", address(port), first, "--cluster-slave");
        awaitAgreed(cluster, 7);
        assertThat(line(cluster, port)).contains(" slave ");
        assertThat(tool("set-timeout", first, "5000")).contains("New node timeout set.");
        assertThat(tool("info", first)).contains("[OK] " + KEYS + " keys in 3 masters.");
      }
    }
  }

  private static ClusterClient client(ClusterProcesses cluster) {
    return new ClusterClient(
        List.of(cluster.address(0), cluster.address(1)), PATIENCE, PATIENCE, new Random(1));
  }

  private static void write(ClusterClient client) {
    for (int i = 0; i < KEYS; i++) {
      assertThat(client.call("key" + i, "SET", "key" + i, "v" + i))
          .isInstanceOf(ClusterClient.Answer.Given.class);
    }
  }

  private static void read(ClusterClient client) {
    for (int i = 0; i < KEYS; i++) {
      int number = i;
      assertThat(client.call("key" + i, "GET", "key" + i))
          .isInstanceOfSatisfying(
              ClusterClient.Answer.Given.class,
              given -> assertThat(given.last().text()).isEqualTo("v" + number));
    }
  }

  private static void move(String first, String from, String to) {
    tool(
        "reshard",
        first,
        "--cluster-from",
        from,
        "--cluster-to",
        to,
        "--cluster-slots",
        Integer.toString(MOVED),
        "--cluster-yes");
  }
}
