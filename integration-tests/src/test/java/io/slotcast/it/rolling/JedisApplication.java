package io.slotcast.it.rolling;

import static org.awaitility.Awaitility.await;

import io.slotcast.testkit.Cluster;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisShardedPubSub;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;

/** On Jedis with its defaults; its subscriber subscribes again when that comes back. */
final class JedisApplication extends JavaApplication {
  private final Set<HostAndPort> nodes;
  private final RedisClusterClient client;
  private final JedisShardedPubSub listener =
      new JedisShardedPubSub() {
        @Override
        public void onSMessage(String channel, String message) {
          heard(message);
        }
      };

  JedisApplication(Cluster cluster) {
    super("jedis");
    nodes =
        cluster.ports().stream()
            .map(port -> new HostAndPort("127.0.0.1", port))
            .collect(Collectors.toSet());
    client = RedisClusterClient.builder().nodes(nodes).build();
  }

  @Override
  void subscribe() {
    Thread.ofPlatform().name("jedis-subscriber").start(this::listen);
    await().until(listener::isSubscribed);
  }

  private void listen() {
    while (!isOver()) {
      try (RedisClusterClient own = RedisClusterClient.builder().nodes(nodes).build()) {
        own.ssubscribe(listener, Application.channel(name()));
      } catch (JedisException e) {
        error(e);
      }
    }
  }

  @Override
  void append(String stream, String value) {
    client.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("v", value));
  }

  @Override
  void publish(String channel, String message) {
    client.spublish(channel, message);
  }

  @Override
  public void close() {
    super.close();
    if (listener.isSubscribed()) {
      listener.sunsubscribe();
    }
    client.close();
  }
}
