package io.slotcast.it.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.it.RedisCluster;
import io.slotcast.it.handover.ShardSubscriber.Library;
import io.slotcast.router.SlotHash;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import io.slotcast.testkit.TestCluster;
import io.slotcast.testkit.history.DeliveryCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One publisher sends a number each millisecond to a shard channel while its slot moves from node
 * to node, and one subscriber listens as an application of its library would.
 */
class MovedSubscribersTest {
  private static final Logger log = LoggerFactory.getLogger(MovedSubscribersTest.class);
  private static final long PAUSE_NANOS = 700_000;
  private static final int MOVES = 3;
  private static final String NODE_TIMEOUT_MILLIS = "5000";
  private static final int MESSAGES_BETWEEN = 1_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void nothingIsLostAndNothingComesTwiceWhileTheSlotMoves(Library library) throws Exception {
    assumeInstalled(library);
    try (Cluster cluster = TestCluster.start(new ClusterPlan(3, 0, List.of()))) {
      Counts counts = whileMoving(cluster, library);

      assertThat(counts.lost()).as(counts.toString()).isZero();
      assertThat(counts.repeated()).as(counts.toString()).isZero();
    }
  }

  private static void assumeInstalled(Library library) {
    assumeThat(library != Library.IOREDIS || IoredisSubscriber.isThere())
        .as("ioredis is installed")
        .isTrue();
  }

  /** For docs/performance.md: {@code -Dslotcast.compare=true}. */
  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = "slotcast.compare", matches = "true")
  void whatRedisLoses(Library library) throws Exception {
    assumeInstalled(library);
    assumeThat(RedisCluster.isInstalled()).isTrue();
    try (Cluster cluster = RedisCluster.start(folder.resolve("redis"))) {
      assertThat(whileMoving(cluster, library).sent()).isPositive();
    }
  }

  /** As {@link #whatRedisLoses}; both have a replica of each primary. */
  @ParameterizedTest
  @EnumSource
  @EnabledIfSystemProperty(named = "slotcast.compare", matches = "true")
  void whatIsLostWhenTheOwnerIsKilled(Library library) throws Exception {
    assumeInstalled(library);
    ClusterPlan plan = ClusterPlan.sixNodes().with("cluster-node-timeout", NODE_TIMEOUT_MILLIS);
    try (ClusterProcesses cluster = ClusterProcesses.start(plan)) {
      Disturbance kill = (slot, number) -> cluster.node(owner(cluster, slot)).kill();
      assertThat(run(cluster, library, 1, kill).sent()).isPositive();
    }
    assumeThat(RedisCluster.isInstalled()).isTrue();
    try (RedisCluster cluster = RedisCluster.startWithReplicas(folder.resolve("redis"))) {
      Disturbance kill = (slot, number) -> cluster.kill(owner(cluster, slot));
      assertThat(run(cluster, library, 1, kill).sent()).isPositive();
    }
  }

  record Counts(int sent, long lost, long repeated) {}

  /** What happens to a slot. */
  private interface Disturbance {
    void happen(int slot, int number);
  }

  private Counts whileMoving(Cluster cluster, Library library) throws Exception {
    return run(cluster, library, MOVES, (slot, number) -> move(cluster, slot, number));
  }

  private Counts run(Cluster cluster, Library library, int times, Disturbance disturbance)
      throws Exception {
    String channel = "moved:" + library;
    AtomicBoolean over = new AtomicBoolean();
    List<Long> sent = new CopyOnWriteArrayList<>();
    try (ShardSubscriber subscriber = open(library, cluster, channel)) {
      subscriber.subscribe();
      Thread publisher = Thread.ofPlatform().start(() -> publish(cluster, channel, sent, over));
      int slot = SlotHash.slotOf(channel.getBytes(StandardCharsets.US_ASCII));
      for (int number = 1; number <= times; number++) {
        awaitSent(sent, MESSAGES_BETWEEN);
        disturbance.happen(slot, number);
      }
      awaitSent(sent, 2 * MESSAGES_BETWEEN);
      over.set(true);
      publisher.join();
      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(5))
          .until(() -> subscriber.heard().received() > 0);
      DeliveryCount heard = subscriber.heard();
      Counts counts = new Counts(sent.size(), heard.missing(sent), heard.repeated());
      log.info("{} at {}: {}", library, cluster.getClass().getSimpleName(), counts);
      return counts;
    }
  }

  private static void awaitSent(List<Long> sent, int more) {
    int already = sent.size();
    await().atMost(Duration.ofSeconds(60)).until(() -> sent.size() >= already + more);
  }

  private ShardSubscriber open(Library library, Cluster cluster, String channel) {
    return switch (library) {
      case JEDIS -> new JedisSubscriber(cluster, channel);
      case LETTUCE -> new LettuceSubscriber(cluster, channel);
      case IOREDIS -> new IoredisSubscriber(cluster, channel, folder);
    };
  }

  private static void publish(
      Cluster cluster, String channel, List<Long> sent, AtomicBoolean over) {
    try (RedisClusterClient client = JedisSubscriber.client(cluster)) {
      for (long number = 0; !over.get(); number++) {
        try {
          client.spublish(channel, Long.toString(number));
          sent.add(number);
          LockSupport.parkNanos(PAUSE_NANOS);
        } catch (JedisException notSent) {
          log.debug("{} was not sent", number, notSent);
        }
      }
    }
  }

  /** As redis-cli does it, for a slot without keys. */
  private static void move(Cluster cluster, int slot, int move) {
    int nodes = cluster.ports().size();
    int owner = owner(cluster, slot);
    int target = (owner + 1) % nodes;
    String number = Integer.toString(slot);
    String source = call(cluster, owner, "CLUSTER", "MYID");
    String next = call(cluster, target, "CLUSTER", "MYID");
    assertOk(call(cluster, target, "CLUSTER", "SETSLOT", number, "IMPORTING", source));
    assertOk(call(cluster, owner, "CLUSTER", "SETSLOT", number, "MIGRATING", next));
    for (int i = 0; i < nodes; i++) {
      assertOk(call(cluster, (target + i) % nodes, "CLUSTER", "SETSLOT", number, "NODE", next));
    }
    log.debug("move {}: slot {} is now at node {}", move, slot, target);
  }

  private static void assertOk(String reply) {
    assertThat(reply).isEqualTo("OK");
  }

  private static int owner(Cluster cluster, int slot) {
    for (int node = 0; node < cluster.ports().size(); node++) {
      String lines = call(cluster, node, "CLUSTER", "NODES");
      String own = lines.lines().filter(line -> line.contains("myself")).findFirst().orElseThrow();
      for (String range : own.split(" ", -1)) {
        if (range.matches("\\d{1,5}(-\\d{1,5})?")) {
          String[] ends = range.split("-", -1);
          int last = Integer.parseInt(ends[ends.length - 1]);
          if (ends.length <= 2 && slot >= Integer.parseInt(ends[0]) && slot <= last) {
            return node;
          }
        }
      }
    }
    throw new IllegalStateException("slot " + slot + " has no owner");
  }

  private static String call(Cluster cluster, int node, String... words) {
    try (RespConnection connection = cluster.connect(node)) {
      RespValue reply = connection.call(words);
      return reply instanceof RespValue.Bulk(byte[] bytes)
          ? new String(bytes, StandardCharsets.UTF_8)
          : reply.toString();
    }
  }
}
