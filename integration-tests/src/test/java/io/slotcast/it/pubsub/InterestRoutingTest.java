package io.slotcast.it.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code publish-routing interest}: a PUBLISH goes to the nodes that want it alone, and still no
 * message is missed that is published after a subscription was confirmed.
 */
class InterestRoutingTest {
  private static final int NODES = 4;
  private static final int WORKERS = 12;
  private static final int ROUNDS = 150;

  /** So few that workers take each other's channels away and bring them back all the time. */
  private static final int CHANNELS = 2;

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        TestCluster.start(
            new ClusterPlan(NODES, 0, List.of())
                .with("publish-routing", "interest")
                .with("io-threads", "2"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void whatIsPublishedAfterAConfirmationIsNeverMissed() throws Exception {
    churn();
  }

  @Test
  void norWhileNodesChangeHowTheyRoute() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Thread changing = Thread.startVirtualThread(() -> changeRouting(over));
    try {
      churn();
    } finally {
      over.set(true);
      changing.join();
    }
  }

  @Test
  void aMessageGoesToTheNodesThatWantItAlone() {
    List<String> ids = ids();
    try (RespConnection publisher = cluster.connect(0);
        RespConnection channel = cluster.connect(1);
        RespConnection pattern = cluster.connect(2);
        RespConnection own = cluster.connect(0)) {
      channel.call("SUBSCRIBE", "wanted:a");
      pattern.call("PSUBSCRIBE", "wanted:*");
      own.call("SUBSCRIBE", "wanted:b");
      Map<String, Long> before = PeerFrames.sent(cluster, 0, "publish");
      for (int i = 0; i < 100; i++) {
        publisher.call("PUBLISH", "wanted:a", "both nodes");
      }
      for (int i = 0; i < 10; i++) {
        publisher.call("PUBLISH", "wanted:b", "this node and the pattern's");
      }
      publisher.call("PUBLISH", "unwanted", "nobody");

      assertThat(PeerFrames.since(before, PeerFrames.sent(cluster, 0, "publish")))
          .isEqualTo(Map.of(ids.get(1), 100L, ids.get(2), 110L));
      pattern.call("PUNSUBSCRIBE", "wanted:*");
      await().until(() -> framesOfOne(publisher, "wanted:a").equals(Map.of(ids.get(1), 1L)));
    }
  }

  @Test
  void whoBroadcastsAmongThemSendsToAll() {
    List<String> ids = ids();
    try (RespConnection publisher = cluster.connect(3)) {
      publisher.call("CONFIG", "SET", "publish-routing", "broadcast");
      Map<String, Long> before = PeerFrames.sent(cluster, 3, "publish");
      publisher.call("PUBLISH", "unwanted", "everybody");
      assertThat(PeerFrames.since(before, PeerFrames.sent(cluster, 3, "publish")))
          .isEqualTo(Map.of(ids.get(0), 1L, ids.get(1), 1L, ids.get(2), 1L));
      publisher.call("CONFIG", "SET", "publish-routing", "interest");
    }
  }

  private static Map<String, Long> framesOfOne(RespConnection publisher, String channel) {
    Map<String, Long> before = PeerFrames.sent(cluster, 0, "publish");
    publisher.call("PUBLISH", channel, "x");
    return PeerFrames.since(before, PeerFrames.sent(cluster, 0, "publish"));
  }

  private static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      try (RespConnection node = cluster.connect(i)) {
        ids.add(node.call("CLUSTER", "MYID").text());
      }
    }
    return ids;
  }

  // ---- Churn ----

  private static void churn() throws Exception {
    List<Future<?>> workers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WORKERS; i++) {
        int worker = i;
        workers.add(executor.submit(() -> work(cluster, worker)));
      }
    }
    for (Future<?> worker : workers) {
      worker.get();
    }
  }

  /** Subscribes on one node, publishes on another, and must receive that; again and again. */
  private static void work(Cluster cluster, int worker) {
    Random random = new Random(worker);
    int home = worker % NODES;
    try (RespConnection subscriber = cluster.connect(home);
        RespConnection publisher =
            cluster.connect((home + 1 + random.nextInt(NODES - 1)) % NODES)) {
      for (int round = 0; round < ROUNDS; round++) {
        String channel = "churn:" + random.nextInt(CHANNELS);
        boolean byPattern = random.nextInt(4) == 0;
        String name = byPattern ? channel.replace(':', '?') : channel;
        String message = "worker " + worker + " round " + round;
        subscriber.call(byPattern ? "PSUBSCRIBE" : "SUBSCRIBE", name);
        publisher.call("PUBLISH", channel, message);
        awaitLast(subscriber, message);
        awaitLast(subscriber, byPattern ? "PUNSUBSCRIBE" : "UNSUBSCRIBE", name);
      }
    }
  }

  /** Reads on until a message with that payload; others' messages come before it. */
  private static void awaitLast(RespConnection subscriber, String payload) {
    RespValue received = subscriber.read();
    while (!received.items().getLast().text().equals(payload)) {
      received = subscriber.read();
    }
  }

  private static void awaitLast(RespConnection subscriber, String unsubscribe, String name) {
    subscriber.send(unsubscribe, name);
    RespValue received = subscriber.read();
    while (!received.item(0).text().equalsIgnoreCase(unsubscribe)) {
      received = subscriber.read();
    }
  }

  private static void changeRouting(AtomicBoolean over) {
    Random random = new Random(1);
    try (RespConnection node = cluster.connect(1);
        RespConnection other = cluster.connect(2)) {
      while (!over.get()) {
        RespConnection changed = random.nextBoolean() ? node : other;
        String routing = random.nextBoolean() ? "interest" : "broadcast";
        changed.call("CONFIG", "SET", "publish-routing", routing);
      }
      node.call("CONFIG", "SET", "publish-routing", "interest");
      other.call("CONFIG", "SET", "publish-routing", "interest");
    }
  }
}
