package io.slotcast.it.handover;

import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.history.DeliveryCount;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Lettuce tells its listeners that a subscription has ended: the application makes it again. */
final class LettuceSubscriber implements ShardSubscriber {
  private static final Duration REFRESH = Duration.ofMillis(500);

  private final String channel;
  private final RedisClusterClient client;
  private final List<Long> heard = new CopyOnWriteArrayList<>();
  private @Nullable StatefulRedisClusterPubSubConnection<String, String> connection;

  LettuceSubscriber(Cluster cluster, String channel) {
    this.channel = channel;
    client =
        RedisClusterClient.create(
            cluster.ports().stream().map(port -> RedisURI.create("127.0.0.1", port)).toList());
    client.setOptions(
        ClusterClientOptions.builder()
            .topologyRefreshOptions(
                ClusterTopologyRefreshOptions.builder().enablePeriodicRefresh(REFRESH).build())
            .build());
  }

  @Override
  public void subscribe() {
    StatefulRedisClusterPubSubConnection<String, String> opened = client.connectPubSub();
    connection = opened;
    opened.addListener(
        new RedisPubSubAdapter<String, String>() {
          @Override
          public void smessage(String from, String message) {
            heard.add(Long.valueOf(message));
          }

          @Override
          public void sunsubscribed(String from, long count) {
            opened.async().ssubscribe(channel);
          }
        });
    opened.sync().ssubscribe(channel);
  }

  @Override
  public DeliveryCount heard() {
    DeliveryCount count = new DeliveryCount();
    heard.forEach(count::add);
    return count;
  }

  @Override
  public void close() {
    StatefulRedisClusterPubSubConnection<String, String> opened = connection;
    if (opened != null) {
      opened.close();
    }
    client.shutdown();
  }
}
