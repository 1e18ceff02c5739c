package io.slotcast.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slotcast.testkit.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.JedisShardedPubSub;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

class JedisTest {
  private static RedisClusterClient client(Cluster cluster, RedisProtocol protocol) {
    Set<HostAndPort> seeds =
        cluster.ports().stream()
            .limit(1)
            .map(port -> new HostAndPort("127.0.0.1", port))
            .collect(Collectors.toSet());
    return RedisClusterClient.builder()
        .nodes(seeds)
        .clientConfig(DefaultJedisClientConfig.builder().protocol(protocol).build())
        .build();
  }

  private static Jedis node(Cluster cluster, int number) {
    return new Jedis("127.0.0.1", cluster.port(number));
  }

  @ParameterizedTest
  @EnumSource
  void aThousandKeysOverAllSlotsAreFoundByOneSeed(Deployment deployment) {
    for (RedisProtocol protocol : List.of(RedisProtocol.RESP2, RedisProtocol.RESP3)) {
      try (RedisClusterClient client = client(deployment.cluster(), protocol)) {
        for (int i = 0; i < 1_000; i++) {
          assertThat(client.set("jedis:" + i, "value " + i)).isEqualTo("OK");
        }
        for (int i = 0; i < 1_000; i++) {
          assertThat(client.get("jedis:" + i)).isEqualTo("value " + i);
        }
        assertThat(client.getClusterNodes()).hasSize(6);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysOfOneTagGoTogetherAndOthersAreCrossSlot(Deployment deployment) {
    try (Jedis any = node(deployment.cluster(), 0)) {
      assertThatThrownBy(() -> any.del("one", "two"))
          .isInstanceOf(JedisDataException.class)
          .hasMessage("CROSSSLOT Keys in request don't hash to the same slot");
    }
    try (RedisClusterClient client = client(deployment.cluster(), RedisProtocol.RESP3)) {
      client.set("{jedis-tag}a", "1");
      client.set("{jedis-tag}b", "2");
      assertThat(client.exists("{jedis-tag}a", "{jedis-tag}b")).isEqualTo(2);
      assertThat(client.del("{jedis-tag}a", "{jedis-tag}b")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPublishOnOneNodeReachesSubscribersOfEveryOther(Deployment deployment) throws Exception {
    Cluster cluster = deployment.cluster();
    Map<Integer, String> received = new ConcurrentHashMap<>();
    List<Collector> subscribers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < cluster.ports().size(); i++) {
      int number = i;
      Collector subscriber = new Collector(received, number);
      subscribers.add(subscriber);
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try (Jedis jedis = node(cluster, number)) {
                  jedis.subscribe(subscriber, "jedis:news");
                }
              }));
    }
    await().until(() -> subscribers.stream().allMatch(JedisPubSub::isSubscribed));

    for (int publisher = 0; publisher < cluster.ports().size(); publisher++) {
      received.clear();
      try (Jedis jedis = node(cluster, publisher)) {
        jedis.publish("jedis:news", "from " + publisher);
      }
      String expected = "from " + publisher;
      await().untilAsserted(() -> assertThat(received.values()).hasSize(6).containsOnly(expected));
    }
    subscribers.forEach(JedisPubSub::unsubscribe);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static final class Collector extends JedisPubSub {
    private final Map<Integer, String> received;
    private final int number;

    Collector(Map<Integer, String> received, int number) {
      this.received = received;
      this.number = number;
    }

    @Override
    public void onMessage(String channel, String message) {
      received.put(number, message);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHundredShardChannelsReachTheirSubscribersOnAllShards(Deployment deployment)
      throws Exception {
    Set<String> received = ConcurrentHashMap.newKeySet();
    try (RedisClusterClient client = client(deployment.cluster(), RedisProtocol.RESP3)) {
      List<JedisShardedPubSub> subscribers = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String channel = "jedis:shard:" + i;
        JedisShardedPubSub subscriber =
            new JedisShardedPubSub() {
              @Override
              public void onSMessage(String from, String message) {
                received.add(from + "=" + message);
              }
            };
        subscribers.add(subscriber);
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  try (RedisClusterClient own = client(deployment.cluster(), RedisProtocol.RESP3)) {
                    own.ssubscribe(subscriber, channel);
                  }
                }));
      }
      await().until(() -> subscribers.stream().allMatch(JedisShardedPubSub::isSubscribed));

      for (int i = 0; i < 100; i++) {
        assertThat(client.spublish("jedis:shard:" + i, "m" + i)).isEqualTo(1);
      }

      await().untilAsserted(() -> assertThat(received).hasSize(100));
      subscribers.forEach(JedisShardedPubSub::sunsubscribe);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void payloadsOfAnyBytesAndOfAMebibyteArriveWhole(Deployment deployment) throws Exception {
    Cluster cluster = deployment.cluster();
    byte[] everyByte = new byte[256];
    for (int i = 0; i < 256; i++) {
      everyByte[i] = (byte) i;
    }
    byte[] large = new byte[1 << 20];
    new Random(1).nextBytes(large);
    byte[] channel = "jedis:\r\n\0binary".getBytes(UTF_8);
    ConcurrentLinkedQueue<byte[]> received = new ConcurrentLinkedQueue<>();
    BinaryJedisPubSub subscriber =
        new BinaryJedisPubSub() {
          @Override
          public void onMessage(byte[] from, byte[] message) {
            received.add(message);
          }
        };
    Thread thread =
        Thread.startVirtualThread(
            () -> {
              try (Jedis jedis = node(cluster, 4)) {
                jedis.subscribe(subscriber, channel);
              }
            });
    await().until(subscriber::isSubscribed);

    try (Jedis publisher = node(cluster, 0)) {
      publisher.publish(channel, everyByte);
      publisher.publish(channel, large);
      publisher.publish(channel, new byte[0]);
    }

    await().untilAsserted(() -> assertThat(received).hasSize(3));
    assertThat(received).containsExactly(everyByte, large, new byte[0]);
    subscriber.unsubscribe();
    thread.join();
  }

  @ParameterizedTest
  @EnumSource
  void aPipelineOfTenThousandIsAnsweredInOrder(Deployment deployment) {
    try (RedisClusterClient client = client(deployment.cluster(), RedisProtocol.RESP3)) {
      List<Response<String>> gets = new ArrayList<>();
      try (ClusterPipeline pipeline = client.pipelined()) {
        for (int i = 0; i < 5_000; i++) {
          pipeline.set("{jedis-pipe}" + i, "v" + i);
          gets.add(pipeline.get("{jedis-pipe}" + i));
        }
        pipeline.sync();
      }
      for (int i = 0; i < gets.size(); i++) {
        assertThat(gets.get(i).get()).isEqualTo("v" + i);
      }
    }
  }
}
