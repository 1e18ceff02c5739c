package io.slotcast.it.handover;

import static org.awaitility.Awaitility.await;

import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.history.DeliveryCount;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisShardedPubSub;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;

/** Jedis returns from the subscription when it is told that it has ended: then it is made again. */
final class JedisSubscriber implements ShardSubscriber {
  private final Cluster cluster;
  private final String channel;
  private final List<Long> heard = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "jedis-subscriber");
  private volatile JedisShardedPubSub current = newSubscriber();
  private volatile boolean over;

  JedisSubscriber(Cluster cluster, String channel) {
    this.cluster = cluster;
    this.channel = channel;
  }

  private JedisShardedPubSub newSubscriber() {
    return new JedisShardedPubSub() {
      @Override
      public void onSMessage(String from, String message) {
        heard.add(Long.valueOf(message));
      }
    };
  }

  static RedisClusterClient client(Cluster cluster) {
    return RedisClusterClient.builder()
        .nodes(
            cluster.ports().stream()
                .map(port -> new HostAndPort("127.0.0.1", port))
                .collect(Collectors.toSet()))
        .clientConfig(DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build())
        .build();
  }

  @Override
  public void subscribe() {
    thread.start();
    await().until(() -> current.isSubscribed());
  }

  private void run() {
    while (!over) {
      // A new client asks for the topology anew.
      try (RedisClusterClient client = client(cluster)) {
        current = newSubscriber();
        client.ssubscribe(current, channel);
      } catch (JedisException moved) {
        // Its answer was a redirect, or the node is gone.
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public DeliveryCount heard() {
    DeliveryCount count = new DeliveryCount();
    heard.forEach(count::add);
    return count;
  }

  @Override
  public void close() {
    over = true;
    if (current.isSubscribed()) {
      current.sunsubscribe();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
