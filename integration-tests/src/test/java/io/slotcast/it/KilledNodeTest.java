package io.slotcast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Six processes, one of which is killed while messages flow. */
class KilledNodeTest {
  private static final int VICTIM = 2;
  private static final String CHANNEL = "killed:news";

  @Test
  void theLivingLoseNothingSeeTheDeathAndTakeTheNodeBack() throws Exception {
    try (ClusterProcesses cluster = ClusterProcesses.start(ClusterPlan.sixNodes())) {
      ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
      AtomicBoolean over = new AtomicBoolean();
      Thread reader = subscribe(cluster, 4, received);
      List<String> sent = new ArrayList<>();
      try (RespConnection publisher = cluster.connect(0);
          RespConnection observer = cluster.connect(1)) {
        publish(publisher, sent, 500);
        String victim = nodeId(cluster);

        cluster.node(VICTIM).kill();
        Thread during = Thread.startVirtualThread(() -> publishUntil(cluster, over));
        await()
            .atMost(Duration.ofSeconds(15))
            .pollInterval(Duration.ofMillis(20))
            .untilAsserted(() -> assertThat(line(observer, victim)).contains("fail"));
        publish(publisher, sent, 500);
        assertThat(observer.call("CLUSTER", "INFO").text()).contains("cluster_known_nodes:6");
        over.set(true);
        during.join();

        await().untilAsserted(() -> assertThat(received).containsSequence(sent.getLast()));
        assertThat(received.stream().filter(message -> message.startsWith("m"))).isEqualTo(sent);

        cluster.node(VICTIM).restart();
        cluster.awaitReady();
        assertThat(nodeId(cluster)).as("it is the node that it was").isEqualTo(victim);
        assertThat(line(observer, victim)).doesNotContain("fail").contains("connected");
        comesBackIntoTheBroadcast(cluster, publisher);
      } finally {
        over.set(true);
        reader.interrupt();
      }
    }
  }

  private static void comesBackIntoTheBroadcast(
      ClusterProcesses cluster, RespConnection publisher) {
    try (RespConnection subscriber = cluster.connect(VICTIM)) {
      subscriber.call("SUBSCRIBE", CHANNEL);
      publisher.call("PUBLISH", CHANNEL, "welcome back");
      assertThat(subscriber.read().toString()).contains("welcome back");
    }
  }

  private static Thread subscribe(
      ClusterProcesses cluster, int node, ConcurrentLinkedQueue<String> received) {
    RespConnection subscriber = cluster.connect(node).patience(Duration.ofMinutes(5));
    subscriber.call("SUBSCRIBE", CHANNEL);
    return Thread.startVirtualThread(
        () -> {
          try (subscriber) {
            while (!Thread.currentThread().isInterrupted()) {
              if (subscriber.read() instanceof RespValue.Array message) {
                received.add(message.items().getLast().text());
              }
            }
          }
        });
  }

  private static void publish(RespConnection publisher, List<String> sent, int count) {
    for (int i = 0; i < count; i++) {
      String message = "m" + sent.size();
      publisher.call("PUBLISH", CHANNEL, message);
      sent.add(message);
    }
  }

  /** Another publisher, so that messages are under way at the moment of the death. */
  private static void publishUntil(ClusterProcesses cluster, AtomicBoolean over) {
    try (RespConnection publisher = cluster.connect(3)) {
      while (!over.get()) {
        publisher.call("PUBLISH", CHANNEL, "other");
      }
    }
  }

  private static String nodeId(ClusterProcesses cluster) {
    try (RespConnection victim = cluster.connect(VICTIM)) {
      return victim.call("CLUSTER", "MYID").text();
    }
  }

  /** What CLUSTER NODES says of a node. */
  private static String line(RespConnection observer, String id) {
    return observer
        .call("CLUSTER", "NODES")
        .text()
        .lines()
        .filter(line -> line.startsWith(id))
        .findFirst()
        .orElse("");
  }
}
