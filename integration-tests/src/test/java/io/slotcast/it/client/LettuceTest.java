package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.RedisClusterPubSubAdapter;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.slotcast.testkit.Cluster;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LettuceTest {
  private static RedisClusterClient client(Cluster cluster, ProtocolVersion protocol) {
    RedisClusterClient client =
        RedisClusterClient.create(RedisURI.create("127.0.0.1", cluster.port(0)));
    client.setOptions(ClusterClientOptions.builder().protocolVersion(protocol).build());
    return client;
  }

  @ParameterizedTest
  @EnumSource
  void theTopologyIsReadAndKeysAreFound(Deployment deployment) {
    for (ProtocolVersion protocol : List.of(ProtocolVersion.RESP2, ProtocolVersion.RESP3)) {
      try (RedisClusterClient client = client(deployment.cluster(), protocol);
          StatefulRedisClusterConnection<String, String> connection = client.connect()) {
        client.refreshPartitions();
        assertThat(client.getPartitions()).hasSize(6);
        assertThat(client.getPartitions().stream().filter(node -> !node.getSlots().isEmpty()))
            .hasSize(3)
            .allMatch(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM));
        for (int i = 0; i < 1_000; i++) {
          assertThat(connection.sync().set("lettuce:" + i, "v" + i)).isEqualTo("OK");
        }
        for (int i = 0; i < 1_000; i++) {
          assertThat(connection.sync().get("lettuce:" + i)).isEqualTo("v" + i);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void patternsAndChannelsAndShardChannelsReachOneSubscriber(Deployment deployment) {
    for (ProtocolVersion protocol : List.of(ProtocolVersion.RESP2, ProtocolVersion.RESP3)) {
      Set<String> received = ConcurrentHashMap.newKeySet();
      try (RedisClusterClient client = client(deployment.cluster(), protocol);
          StatefulRedisClusterPubSubConnection<String, String> subscriber = client.connectPubSub();
          StatefulRedisClusterConnection<String, String> publisher = client.connect()) {
        subscriber.addListener(new Recorder(received));
        subscriber.sync().subscribe("lettuce:news");
        subscriber.sync().psubscribe("lettuce:w*");
        for (int i = 0; i < 100; i++) {
          subscriber.sync().ssubscribe("lettuce:shard:" + i);
        }

        publisher.sync().publish("lettuce:news", "1");
        publisher.sync().publish("lettuce:weather", "2");
        for (int i = 0; i < 100; i++) {
          publisher.sync().spublish("lettuce:shard:" + i, "s" + i);
        }

        await().untilAsserted(() -> assertThat(received).hasSize(102));
        assertThat(received).contains("lettuce:news 1", "lettuce:w* lettuce:weather 2");
      }
    }
  }

  private static final class Recorder extends RedisClusterPubSubAdapter<String, String> {
    private final Set<String> received;

    Recorder(Set<String> received) {
      this.received = received;
    }

    @Override
    public void message(RedisClusterNode node, String channel, String message) {
      received.add(channel + " " + message);
    }

    @Override
    public void message(RedisClusterNode node, String pattern, String channel, String message) {
      received.add(pattern + " " + channel + " " + message);
    }

    @Override
    public void smessage(RedisClusterNode node, String channel, String message) {
      received.add(channel + " " + message);
    }
  }
}
