package io.slotcast.it.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Publishers on all nodes at once: each subscriber gets each publisher's messages in the order
 * sent, over all channels, and all subscribers of one node get a channel's messages in one order.
 */
class DeliveryOrderTest {
  private static final int NODES = 3;
  private static final int MESSAGES = 3_000;
  private static final List<String> CHANNELS = List.of("order:a", "order:b", "order:c");

  @Test
  void withTwoLoopsANode() throws Exception {
    ClusterPlan plan = new ClusterPlan(NODES, 0, List.of()).with("io-threads", "2");
    try (TestCluster cluster = TestCluster.start(plan);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> subscribers = new ArrayList<>();
      for (int i = 0; i < NODES * 2; i++) {
        RespConnection subscriber = cluster.connect(i % NODES);
        for (String channel : CHANNELS) {
          subscriber.call("SUBSCRIBE", channel);
        }
        subscribers.add(executor.submit(() -> receive(subscriber)));
      }
      List<Future<?>> publishers = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        int node = i;
        publishers.add(executor.submit(() -> publish(cluster, node)));
      }
      for (Future<?> publisher : publishers) {
        publisher.get();
      }

      for (int i = 0; i < NODES; i++) {
        List<String> first = subscribers.get(i).get();
        List<String> second = subscribers.get(i + NODES).get();
        assertEachPublishersOrder(first);
        assertEachPublishersOrder(second);
        for (String channel : CHANNELS) {
          assertThat(of(channel, first)).isEqualTo(of(channel, second));
        }
      }
    }
  }

  private static void publish(TestCluster cluster, int node) {
    ByteArrayOutputStream pipeline = new ByteArrayOutputStream();
    for (int i = 0; i < MESSAGES; i++) {
      String channel = CHANNELS.get(i % CHANNELS.size());
      pipeline.writeBytes(RespConnection.encode("PUBLISH", channel, node + " " + i));
    }
    try (RespConnection publisher = cluster.connect(node)) {
      publisher.sendBytes(pipeline.toByteArray());
      for (int i = 0; i < MESSAGES; i++) {
        assertThat(publisher.read().integer()).isEqualTo(2);
      }
    }
  }

  /** Channel, publisher and number of each message, in the order of their coming. */
  private static List<String> receive(RespConnection subscriber) {
    List<String> received = new ArrayList<>();
    try (subscriber) {
      while (received.size() < NODES * MESSAGES) {
        var message = subscriber.read();
        received.add(message.item(1).text() + " " + message.item(2).text());
      }
    }
    return received;
  }

  private static void assertEachPublishersOrder(List<String> received) {
    Map<String, Integer> next = new HashMap<>();
    for (String message : received) {
      String[] parts = message.split(" ");
      int number = Integer.parseInt(parts[2]);
      assertThat(number).as(message).isEqualTo(next.getOrDefault(parts[1], 0));
      next.put(parts[1], number + 1);
    }
  }

  private static List<String> of(String channel, List<String> received) {
    return received.stream().filter(message -> message.startsWith(channel)).toList();
  }
}
