package io.slotcast.it.resharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Slots move at random, atomically, while clients write values of all types. A client sees no error
 * but redirects, and afterwards every key is there once, with all that was written.
 */
class MovesUnderLoadTest {
  private static final int WRITERS = 3;
  private static final int KEYS = 40;
  private static final int MOVES = 8;
  private static final int SLOTS = 16384;

  /** Of every type a key, in a slot of its own; the number is how often it was written. */
  private static final List<String> TYPES =
      List.of("counter", "list", "stream", "hash", "set", "zset", "string");

  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  @Timeout(180)
  void nothingIsLostAndNothingIsDoubledWhileSlotsMove() throws Exception {
    try (TestCluster cluster = TestCluster.start(new ClusterPlan(3, 0, List.of()));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<int[]>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        writers.add(threads.submit(() -> write(cluster, number)));
      }
      moveAtRandom(cluster, new Random(42));
      enough.set(true);
      int keys = 0;
      try (StrictClient client = new StrictClient(cluster)) {
        for (int writer = 0; writer < WRITERS; writer++) {
          int[] written = writers.get(writer).get();
          keys += checkAll(client, writer, written);
        }
      }
      assertKeysInAll(cluster, keys);
    } catch (ExecutionException failed) {
      throw new AssertionError("a client saw more than redirects", failed.getCause());
    }
  }

  /** Writes until it is enough; returns how often each key was written. */
  private int[] write(Cluster cluster, int writer) {
    int[] written = new int[KEYS];
    Random random = new Random(writer);
    try (StrictClient client = new StrictClient(cluster)) {
      while (!enough.get()) {
        int i = random.nextInt(KEYS);
        written[i]++;
        String number = Integer.toString(written[i]);
        String key = key(writer, i);
        RespValue reply =
            switch (type(i)) {
              case "counter" -> client.call(key, "INCR", key);
              case "list" -> client.call(key, "RPUSH", key, number);
              case "stream" -> client.call(key, "XADD", key, number + "-1", "n", number);
              case "hash" -> client.call(key, "HSET", key, "f" + number, number);
              case "set" -> client.call(key, "SADD", key, number);
              case "zset" -> client.call(key, "ZADD", key, number, "m" + number);
              default -> client.call(key, "SET", key, number, "EX", "1000");
            };
        assertThat(reply.isError()).isFalse();
      }
    }
    return written;
  }

  private static String type(int i) {
    return TYPES.get(i % TYPES.size());
  }

  private static String key(int writer, int i) {
    return type(i) + ":" + writer + ":" + i;
  }

  private static int checkAll(StrictClient client, int writer, int[] written) {
    int keys = 0;
    for (int i = 0; i < KEYS; i++) {
      if (written[i] > 0) {
        keys++;
        String key = key(writer, i);
        String size =
            switch (type(i)) {
              case "counter", "string" -> client.call(key, "GET", key).text();
              case "list" -> number(client.call(key, "LLEN", key));
              case "stream" -> number(client.call(key, "XLEN", key));
              case "hash" -> number(client.call(key, "HLEN", key));
              case "set" -> number(client.call(key, "SCARD", key));
              default -> number(client.call(key, "ZCARD", key));
            };
        assertThat(size).as(key).isEqualTo(Integer.toString(written[i]));
      }
    }
    return keys;
  }

  private static String number(RespValue reply) {
    return Long.toString(reply.integer());
  }

  private static void assertKeysInAll(Cluster cluster, int keys) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              long found = 0;
              for (int node = 0; node < cluster.ports().size(); node++) {
                try (RespConnection connection = cluster.connect(node)) {
                  found += connection.call("DBSIZE").integer();
                }
              }
              assertThat(found).as("keys in all nodes").isEqualTo(keys);
            });
  }

  private static void moveAtRandom(Cluster cluster, Random random) {
    List<RespConnection> nodes = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int node = 0; node < cluster.ports().size(); node++) {
      nodes.add(cluster.connect(node));
      ids.add(nodes.get(node).call("CLUSTER", "MYID").text());
    }
    int moved = 0;
    for (int attempt = 0; moved < MOVES; attempt++) {
      assertThat(attempt).as("attempts").isLessThan(10 * MOVES);
      int source = random.nextInt(nodes.size());
      int target = (source + 1 + random.nextInt(nodes.size() - 1)) % nodes.size();
      int first = random.nextInt(SLOTS - 2000);
      List<Integer> owned = owned(nodes.get(source), ids.get(source), first);
      if (owned.isEmpty()) {
        continue;
      }
      RespValue begun =
          nodes
              .get(source)
              .call(
                  "CLUSTER",
                  "MIGRATESLOTS",
                  "SLOTSRANGE",
                  Integer.toString(owned.getFirst()),
                  Integer.toString(owned.getLast()),
                  "NODE",
                  ids.get(target));
      assertThat(begun.text()).isEqualTo("OK");
      boolean cancelled = attempt % 4 == 3;
      if (cancelled) {
        nodes.get(source).call("CLUSTER", "CANCELSLOTMIGRATIONS");
      }
      String state = awaitEnd(nodes.get(source));
      assertThat(state).isIn(cancelled ? List.of("success", "cancelled") : List.of("success"));
      moved++;
    }
    nodes.forEach(RespConnection::close);
  }

  /** Both ends of slots from {@code first} on that the node owns, up to 2,000 of them. */
  private static List<Integer> owned(RespConnection node, String id, int first) {
    for (RespValue range : node.call("CLUSTER", "SLOTS").items()) {
      int from = Math.max(first, (int) range.items().get(0).integer());
      int to = Math.min(first + 1999, (int) range.items().get(1).integer());
      String owner = range.items().get(2).items().get(2).text();
      if (owner.equals(id) && from <= to) {
        return List.of(from, to);
      }
    }
    return List.of();
  }

  /** The state in which the newest migration has ended. */
  private static String awaitEnd(RespConnection source) {
    List<String> ends = List.of("success", "failed", "cancelled");
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> field(source, "state") + "/" + field(source, "message"),
            state -> ends.contains(state.split("/")[0]))
        .replaceAll("/.*", "");
  }

  private static String field(RespConnection source, String name) {
    List<RespValue> job = source.call("CLUSTER", "GETSLOTMIGRATIONS").items().getFirst().items();
    for (int i = 0; i < job.size(); i += 2) {
      if (job.get(i).text().equals(name)) {
        return job.get(i + 1).text();
      }
    }
    throw new AssertionError("no " + name);
  }
}
