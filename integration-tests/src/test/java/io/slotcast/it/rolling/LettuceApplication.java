package io.slotcast.it.rolling;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.RedisClusterPubSubAdapter;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.slotcast.testkit.Cluster;
import java.time.Duration;
import java.util.Map;

/** On Lettuce, which looks at the topology when it is redirected and every two seconds. */
final class LettuceApplication extends JavaApplication {
  private final RedisClusterClient client;
  private final StatefulRedisClusterConnection<String, String> connection;
  private final StatefulRedisClusterPubSubConnection<String, String> subscription;

  LettuceApplication(Cluster cluster) {
    super("lettuce");
    client =
        RedisClusterClient.create(
            cluster.ports().stream()
                .map(port -> RedisURI.builder().withHost("127.0.0.1").withPort(port))
                .map(uri -> uri.withTimeout(Duration.ofSeconds(5)).build())
                .toList());
    client.setOptions(
        ClusterClientOptions.builder()
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(Duration.ofSeconds(2))
                    .build())
            .build());
    connection = client.connect();
    subscription = client.connectPubSub();
  }

  @Override
  void subscribe() {
    subscription.addListener(
        new RedisClusterPubSubAdapter<String, String>() {
          @Override
          public void smessage(RedisClusterNode node, String channel, String message) {
            heard(message);
          }

          @Override
          public void sunsubscribed(RedisClusterNode node, String channel, long count) {
            if (!isOver()) {
              RedisFuture<Void> _ = subscription.async().ssubscribe(channel);
            }
          }
        });
    subscription.sync().ssubscribe(Application.channel(name()));
  }

  @Override
  void append(String stream, String value) {
    connection.sync().xadd(stream, Map.of("v", value));
  }

  @Override
  void publish(String channel, String message) {
    connection.sync().spublish(channel, message);
  }

  @Override
  public void close() {
    super.close();
    client.close();
  }
}
