package io.slotcast.it.resharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.it.RedisCluster;
import io.slotcast.it.client.RedisCli;
import io.slotcast.router.SlotHash;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.FreePorts;
import io.slotcast.testkit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code redis-cli --cluster} of Redis 7.0 does to the slots of a cluster. Each test leaves a
 * cluster in which its check finds nothing wrong.
 */
@Timeout(120)
class RedisCliReshardingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(RedisCli.isThere(), RedisCli.MISSING);
    cluster = TestCluster.start(new ClusterPlan(3, 0, List.of()));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @AfterEach
  void everythingIsCovered() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(RedisCli.run("--cluster", "check", address(0)))
                    .contains("[OK] All nodes agree about slots configuration.")
                    .contains("[OK] All 16384 slots covered.")
                    .doesNotContain("[ERR]")
                    .doesNotContain("[WARNING]"));
  }

  private static String address(int node) {
    return "127.0.0.1:" + cluster.port(node);
  }

  private static RespValue ask(int node, String... command) {
    try (RespConnection connection = cluster.connect(node)) {
      return connection.call(command);
    }
  }

  private static String id(int node) {
    return ask(node, "CLUSTER", "MYID").text();
  }

  private static int slots(int node) {
    String own = id(node);
    return (int)
        ask(node, "CLUSTER", "SLOTS").items().stream()
            .filter(range -> range.items().get(2).items().get(2).text().equals(own))
            .mapToLong(range -> range.items().get(1).integer() - range.items().get(0).integer() + 1)
            .sum();
  }

  @Test
  void reshardMovesSlotsUnderLoadAndNoWriteIsLost() throws Exception {
    int before = slots(1);
    AtomicBoolean enough = new AtomicBoolean();
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        StrictClient reader = new StrictClient(cluster)) {
      Future<Long> increments = thread.submit(() -> increment(enough));

      String output =
          RedisCli.run(
              "--cluster",
              "reshard",
              address(0),
              "--cluster-from",
              id(0),
              "--cluster-to",
              id(1),
              "--cluster-slots",
              "40",
              "--cluster-yes");

      enough.set(true);
      long sent = increments.get();
      assertThat(output).contains("Moving slot").doesNotContain("[ERR]");
      assertThat(slots(1)).isEqualTo(before + 40);
      long counted = 0;
      for (int i = 0; i < 200; i++) {
        // It is 0 for a counter that nobody incremented.
        counted += reader.call(counter(i), "INCRBY", counter(i), "0").integer();
      }
      assertThat(counted).isEqualTo(sent).isPositive();
    }
  }

  private static String counter(int i) {
    return "counter:" + i;
  }

  private static long increment(AtomicBoolean enough) {
    long sent = 0;
    try (StrictClient client = new StrictClient(cluster)) {
      while (!enough.get()) {
        String key = counter((int) (sent % 200));
        client.call(key, "INCR", key);
        sent++;
      }
    }
    return sent;
  }

  @Test
  void rebalanceHeedsWeightsAndFillsAPrimaryThatIsEmpty() throws Exception {
    giveAllSlots(2, 0);
    assertThat(slots(2)).isZero();

    String output =
        RedisCli.run(
            "--cluster",
            "rebalance",
            address(0),
            "--cluster-use-empty-masters",
            "--cluster-threshold",
            "1",
            "--cluster-weight",
            id(0) + "=2",
            id(1) + "=1",
            id(2) + "=0.005");

    assertThat(output).doesNotContain("[ERR]").doesNotContain("ERR ");
    assertThat(slots(2)).isBetween(20, 35);
    assertThat(slots(0)).isBetween(10_800, 11_000);
    giveAllSlots(2, 1);
    giveRange(0, 1, slots(0) / 2);
  }

  /** At once, which is no matter of {@code redis-cli}. */
  private static void giveAllSlots(int from, int to) {
    giveRange(from, to, slots(from));
  }

  private static void giveRange(int from, int to, int count) {
    String own = id(from);
    int left = count;
    for (RespValue range : ask(from, "CLUSTER", "SLOTS").items()) {
      if (left > 0 && range.items().get(2).items().get(2).text().equals(own)) {
        long first = range.items().get(0).integer();
        long last = Math.min(range.items().get(1).integer(), first + left - 1);
        left -= (int) (last - first + 1);
        ask(
            from,
            "CLUSTER",
            "MIGRATESLOTS",
            "SLOTSRANGE",
            Long.toString(first),
            Long.toString(last),
            "NODE",
            id(to));
      }
    }
    int expected = slots(from) - count;
    await().atMost(PATIENCE).until(() -> noneMoves(from) && slots(from) <= Math.max(0, expected));
  }

  private static boolean noneMoves(int node) {
    return ask(node, "CLUSTER", "INFO").text().contains("cluster_slot_migration_active_tasks:0");
  }

  @Test
  void fixEndsWhatADeadRedisCliLeftHalfDone() throws Exception {
    String key = "{half}1";
    int slot = SlotHash.slotOf(key.getBytes(StandardCharsets.UTF_8));
    int source = owner(slot);
    int target = (source + 1) % 3;
    try (StrictClient client = new StrictClient(cluster)) {
      for (int i = 0; i < 10; i++) {
        client.call(key, "SET", "{half}" + i, "v" + i);
      }
      ask(target, "CLUSTER", "SETSLOT", Integer.toString(slot), "IMPORTING", id(source));
      ask(source, "CLUSTER", "SETSLOT", Integer.toString(slot), "MIGRATING", id(target));
      String port = Integer.toString(cluster.port(target));
      for (int i = 0; i < 4; i++) {
        assertThat(ask(source, "MIGRATE", "127.0.0.1", port, "{half}" + i, "0", "5000").text())
            .isEqualTo("OK");
      }
      assertThat(RedisCli.run("--cluster", "check", address(0))).contains("[WARNING]");

      String output = RedisCli.runAndSay("yes\n", "--cluster", "fix", address(0));

      assertThat(output).doesNotContain("[ERR] Not all").doesNotContain("replied with error");
      for (int i = 0; i < 10; i++) {
        assertThat(client.call(key, "GET", "{half}" + i).text()).isEqualTo("v" + i);
      }
      assertThat(ask(owner(slot), "CLUSTER", "COUNTKEYSINSLOT", Integer.toString(slot)).integer())
          .isEqualTo(10);
    }
  }

  @Test
  void fixEndsASlotThatOnlyTheTargetKnowsToBeOpen() throws Exception {
    String key = "{early}1";
    int slot = SlotHash.slotOf(key.getBytes(StandardCharsets.UTF_8));
    int source = owner(slot);
    int target = (source + 1) % 3;
    try (StrictClient client = new StrictClient(cluster)) {
      client.call(key, "SET", key, "v");
      ask(target, "CLUSTER", "SETSLOT", Integer.toString(slot), "IMPORTING", id(source));

      RedisCli.runAndSay("yes\n", "--cluster", "fix", address(0));

      assertThat(client.call(key, "GET", key).text()).isEqualTo("v");
    }
  }

  @Test
  void fixCoversASlotThatNobodyHas() throws Exception {
    int slot = SlotHash.slotOf("nobody's".getBytes(StandardCharsets.UTF_8));
    ask(owner(slot), "CLUSTER", "DELSLOTS", Integer.toString(slot));

    String output = RedisCli.runAndSay("yes\n", "--cluster", "fix", address(0));

    assertThat(output).contains("Covering slot " + slot);
  }

  private static int owner(int slot) {
    for (RespValue range : ask(0, "CLUSTER", "SLOTS").items()) {
      if (range.items().get(0).integer() <= slot && slot <= range.items().get(1).integer()) {
        return cluster.ports().indexOf((int) range.items().get(2).items().get(1).integer());
      }
    }
    throw new AssertionError("nobody has slot " + slot);
  }

  @Test
  void importTakesTheKeysOfASingleRedis(@TempDir Path folder) throws Exception {
    assumeThat(RedisCluster.isInstalled()).isTrue();
    int port = FreePorts.take(1).getFirst();
    Process redis =
        new ProcessBuilder("redis-server", "--port", Integer.toString(port), "--save", "")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      importFrom(port);
    } finally {
      redis.destroyForcibly();
    }
  }

  private static void importFrom(int port) throws Exception {
    await()
        .atMost(PATIENCE)
        .until(() -> RedisCli.run("-p", Integer.toString(port), "PING").contains("PONG"));
    try (RespConnection single = RespConnection.open(port);
        StrictClient client = new StrictClient(cluster)) {
      single.call("MSET", "import:a", "one", "import:b", "two");
      single.call("RPUSH", "import:list", "x", "y");
      single.call("HSET", "import:hash", "f", "v");
      single.call("XADD", "import:stream", "1-1", "f", "v");
      String from = "127.0.0.1:" + port;

      RedisCli.run("--cluster", "import", address(0), "--cluster-from", from, "--cluster-copy");

      assertThat(single.call("DBSIZE").integer()).isEqualTo(5);
      assertThat(client.call("import:a", "GET", "import:a").text()).isEqualTo("one");
      assertThat(client.call("import:list", "LLEN", "import:list").integer()).isEqualTo(2);
      assertThat(client.call("import:hash", "HGET", "import:hash", "f").text()).isEqualTo("v");
      assertThat(client.call("import:stream", "XLEN", "import:stream").integer()).isEqualTo(1);

      single.call("SET", "import:a", "newer");
      RedisCli.run("--cluster", "import", address(0), "--cluster-from", from, "--cluster-replace");

      assertThat(single.call("DBSIZE").integer()).isZero();
      assertThat(client.call("import:a", "GET", "import:a").text()).isEqualTo("newer");
    }
  }
}
