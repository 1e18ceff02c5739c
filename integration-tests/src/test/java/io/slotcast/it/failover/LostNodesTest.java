package io.slotcast.it.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two primaries with two replicas each, of which several nodes at a time are lost. Of the six nodes
 * the first five vote. Errors are those of Redis 7.0.15.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(2);

  /** In slots 5,061 and 12,182: of the first shard and of the second. */
  private static final List<String> KEYS = List.of("bar", "foo");

  private ClusterProcesses cluster;

  /** By shard: its primary, then its replicas, as numbers of nodes. */
  private List<List<Integer>> shards;

  @BeforeAll
  void start() {
    cluster =
        ClusterProcesses.start(
            new ClusterPlan(2, 2, List.of())
                .with("cluster-node-timeout", Long.toString(NODE_TIMEOUT.toMillis())));
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  @BeforeEach
  void everyReplicaFollows() {
    IntStream.range(0, 6).filter(node -> !cluster.node(node).isAlive()).forEach(this::restart);
    cluster.awaitReady();
    await().atMost(PATIENCE).until(() -> IntStream.range(0, 6).allMatch(this::isPrimaryOrFollows));
    shards = KEYS.stream().map(this::shardOf).toList();
  }

  private void restart(int node) {
    cluster.node(node).restart();
  }

  private boolean isPrimaryOrFollows(int node) {
    String info = replication(node);
    return info.contains("role:master") || info.contains("master_link_status:up");
  }

  private String replication(int node) {
    return text(node, "INFO", "replication");
  }

  private String text(int node, String... words) {
    try (RespConnection connection = cluster.connect(node)) {
      return textOf(connection.call(words));
    }
  }

  private static String textOf(RespValue reply) {
    return reply instanceof RespValue.SimpleError(String error) ? "-" + error : reply.text();
  }

  /** The nodes of the shard of a key, the primary first. */
  private List<Integer> shardOf(String key) {
    List<Integer> ports = new ArrayList<>();
    String slot = text(0, "CLUSTER", "KEYSLOT", key);
    try (RespConnection connection = cluster.connect(0)) {
      for (RespValue range : connection.call("CLUSTER", "SLOTS").items()) {
        List<RespValue> parts = range.items();
        int number = Integer.parseInt(slot);
        if (number(parts.get(0)) <= number && number <= number(parts.get(1))) {
          parts.subList(2, parts.size()).forEach(node -> ports.add(number(node.items().get(1))));
        }
      }
    }
    return ports.stream().map(cluster.ports()::indexOf).toList();
  }

  private static int number(RespValue value) {
    return Integer.parseInt(value.text());
  }

  private void awaitText(int node, String expected, String... words) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(text(node, words)).isEqualTo(expected));
  }

  @Test
  void withTwoVotersAndAllItsReplicasGoneAPrimaryGoesOnAndIsGivenAnother() {
    List<Integer> shard =
        shards.stream().filter(s -> s.get(1) < 5 && s.get(2) < 5).findFirst().orElseThrow();
    List<Integer> other = shards.get(1 - shards.indexOf(shard));
    String key = KEYS.get(shards.indexOf(shard));
    int primary = shard.getFirst();
    assertThat(text(primary, "CONFIG", "SET", "min-replicas-to-write", "1")).isEqualTo("OK");
    assertThat(text(primary, "SET", key, "with replicas")).isEqualTo("OK");

    cluster.node(shard.get(1)).kill();
    cluster.node(shard.get(2)).kill();
    awaitText(primary, "-NOREPLICAS Not enough good replicas to write.", "SET", key, "refused");
    assertThat(text(primary, "GET", key)).isEqualTo("with replicas");
    assertThat(text(primary, "CONFIG", "SET", "min-replicas-to-write", "0")).isEqualTo("OK");
    assertThat(text(primary, "SET", key, "alone")).isEqualTo("OK");
    assertThat(text(primary, "CONFIG", "SET", "min-replicas-to-write", "1")).isEqualTo("OK");

    // Three voters of five are enough for the change by which one of the other's replicas comes.
    awaitText(primary, "OK", "SET", key, "with another's replica");
    List<Integer> now = shardOf(key);
    assertThat(now).hasSize(2).contains(primary);
    assertThat(other.subList(1, 3)).contains(now.getLast());
    assertThat(text(primary, "CONFIG", "SET", "min-replicas-to-write", "0")).isEqualTo("OK");
    String home = text(other.getFirst(), "CLUSTER", "MYID");
    assertThat(text(now.getLast(), "CLUSTER", "REPLICATE", home)).isEqualTo("OK");
  }

  @Test
  void aPrimaryThatStoodStillAcknowledgesNothingThatIsLost() {
    int primary = shards.getFirst().getFirst();
    String key = KEYS.getFirst();
    assertThat(text(primary, "DEL", key)).matches("[01]");
    List<String> acknowledged = new ArrayList<>();
    try (RespConnection client = cluster.connect(primary)) {
      assertThat(client.call("RPUSH", key, "before").text()).isEqualTo("1");
      assertThat(client.call("WAIT", "2", "5000").text()).isEqualTo("2");

      cluster.node(primary).suspend();
      client.send("RPUSH", key, "sent while it stood still");
      int next = awaitAnotherPrimary(shards.getFirst());
      assertThat(text(next, "RPUSH", key, "after")).isEqualTo("2");
      cluster.node(primary).resume();
      client.send("RPUSH", key, "sent when it went on");
      for (String word : List.of("sent while it stood still", "sent when it went on")) {
        readUnlessClosed(client, word, acknowledged);
      }

      await().atMost(PATIENCE).until(() -> replication(primary).contains("role:slave"));
      List<String> stored = items(next, key);
      assertThat(stored).startsWith("before", "after").containsAll(acknowledged);
    }
  }

  private static void readUnlessClosed(
      RespConnection client, String word, List<String> acknowledged) {
    try {
      if (!(client.read() instanceof RespValue.SimpleError)) {
        acknowledged.add(word);
      }
    } catch (RuntimeException closed) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  private List<String> items(int node, String key) {
    try (RespConnection connection = cluster.connect(node)) {
      return connection.call("LRANGE", key, "0", "-1").items().stream()
          .map(RespValue::text)
          .toList();
    }
  }

  private int awaitAnotherPrimary(List<Integer> shard) {
    List<Integer> replicas = shard.subList(1, shard.size());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> replicas.stream().anyMatch(this::isPrimary));
    return replicas.stream().filter(this::isPrimary).findFirst().orElseThrow();
  }

  private boolean isPrimary(int node) {
    return replication(node).contains("role:master");
  }

  @Test
  void whileAWholeShardIsDeadTheOthersAreServedIfTheOperatorWantsThat() {
    List<Integer> dead = shards.getLast();
    int alive = shards.getFirst().getFirst();
    String key = KEYS.getFirst();
    String channel = key;
    assertThat(text(alive, "SET", key, "1")).isEqualTo("OK");
    dead.forEach(node -> cluster.node(node).kill());

    awaitText(alive, "-CLUSTERDOWN The cluster is down", "GET", key);
    assertThat(text(alive, "SET", key, "2")).isEqualTo("-CLUSTERDOWN The cluster is down");
    assertThat(text(alive, "CLUSTER", "INFO")).contains("cluster_state:fail");
    assertThat(text(alive, "SPUBLISH", channel, "m")).isEqualTo("0");
    set(alive, "cluster-allow-pubsubshard-when-down", "no");
    assertThat(text(alive, "SPUBLISH", channel, "m")).isEqualTo("-CLUSTERDOWN The cluster is down");
    set(alive, "cluster-allow-pubsubshard-when-down", "yes");

    set(alive, "cluster-allow-reads-when-down", "yes");
    assertThat(text(alive, "GET", key)).isEqualTo("1");
    assertThat(text(alive, "SET", key, "2"))
        .isEqualTo("-CLUSTERDOWN The cluster is down and only accepts read commands");
    set(alive, "cluster-allow-reads-when-down", "no");

    set(alive, "cluster-require-full-coverage", "no");
    assertThat(text(alive, "SET", key, "3")).isEqualTo("OK");
    assertThat(text(alive, "CLUSTER", "INFO")).contains("cluster_state:ok");
    String elsewhere = text(alive, "GET", KEYS.getLast());
    assertThat(elsewhere).startsWith("-MOVED 12182 ");
    set(alive, "cluster-require-full-coverage", "yes");

    dead.forEach(this::restart);
    cluster.awaitReady();
    awaitText(alive, "OK", "SET", key, "4");
    awaitText(dead.getFirst(), "OK", "SET", KEYS.getLast(), "recovered");
  }

  @Test
  void aReplicaThatTakesNothingInIsGivenUpAndBeginsAnewWhenItDoes() {
    int primary = shards.getFirst().getFirst();
    int replica = shards.getFirst().getLast();
    set(primary, "client-output-buffer-limit", "replica 1mb 1mb 0");
    long before = fullSyncs(primary);
    String value = "x".repeat(100_000);

    cluster.node(replica).suspend();
    for (int i = 0; i < 80; i++) {
      assertThat(text(primary, "SET", "{bar}" + i, value + i)).isEqualTo("OK");
    }
    await().atMost(PATIENCE).until(() -> replication(primary).contains("connected_slaves:1"));
    cluster.node(replica).resume();

    await().atMost(PATIENCE).until(() -> replication(primary).contains("connected_slaves:2"));
    await().atMost(PATIENCE).until(() -> isPrimaryOrFollows(replica));
    assertThat(fullSyncs(primary)).isGreaterThan(before);
    try (RespConnection reader = cluster.connect(replica)) {
      assertThat(reader.call("READONLY").text()).isEqualTo("OK");
      for (int i = 0; i < 80; i++) {
        assertThat(reader.call("GET", "{bar}" + i).text()).isEqualTo(value + i);
      }
    }
    set(primary, "client-output-buffer-limit", "replica 256mb 64mb 60");
  }

  private long fullSyncs(int node) {
    return text(node, "INFO", "stats")
        .lines()
        .filter(line -> line.startsWith("sync_full:"))
        .mapToLong(line -> Long.parseLong(line.substring("sync_full:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  private void set(int node, String directive, String value) {
    assertThat(text(node, "CONFIG", "SET", directive, value)).isEqualTo("OK");
  }
}
