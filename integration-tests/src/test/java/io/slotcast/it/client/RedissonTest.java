package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.testkit.Cluster;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.Redisson;
import org.redisson.api.RShardedTopic;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

class RedissonTest {
  /** A client that asks the primaries and keeps text. */
  static RedissonClient client(Cluster cluster) {
    Config config = new Config();
    config.setCodec(StringCodec.INSTANCE);
    config
        .useClusterServers()
        .setReadMode(ReadMode.MASTER)
        .setMasterConnectionMinimumIdleSize(1)
        .setSlaveConnectionMinimumIdleSize(1)
        .setSubscriptionConnectionMinimumIdleSize(1)
        .addNodeAddress("redis://127.0.0.1:" + cluster.port(0));
    return Redisson.create(config);
  }

  @ParameterizedTest
  @EnumSource
  void bucketsTopicsAndShardedTopicsWork(Deployment deployment) {
    RedissonClient client = client(deployment.cluster());
    try {
      for (int i = 0; i < 1_000; i++) {
        client.getBucket("redisson:" + i).set("v" + i);
      }
      for (int i = 0; i < 1_000; i++) {
        assertThat(client.getBucket("redisson:" + i).get()).isEqualTo("v" + i);
      }

      Set<String> received = ConcurrentHashMap.newKeySet();
      RTopic topic = client.getTopic("redisson:news");
      topic.addListener(String.class, (channel, message) -> received.add("topic " + message));
      client
          .getPatternTopic("redisson:n*")
          .addListener(
              String.class, (pattern, channel, message) -> received.add("pattern " + message));
      RShardedTopic sharded = client.getShardedTopic("redisson:shard");
      sharded.addListener(String.class, (channel, message) -> received.add("shard " + message));

      topic.publish("1");
      sharded.publish("2");

      await()
          .untilAsserted(
              () ->
                  assertThat(received)
                      .containsExactlyInAnyOrder("topic 1", "pattern 1", "shard 2"));
    } finally {
      client.shutdown();
    }
  }
}
