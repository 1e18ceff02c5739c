package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.pubsub.RedisClusterPubSubAdapter;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ServerCertificate;
import io.slotcast.testkit.TestCluster;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;

/** Clients of a cluster that asks for a password, and which they speak to through TLS. */
class SecuredClusterTest {
  private static final String PASSWORD = "open sesame";

  @TempDir private static Path folder;
  private static ServerCertificate certificate;
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    certificate = ServerCertificate.in(folder);
    cluster =
        TestCluster.start(
            ClusterPlan.sixNodes()
                .with("requirepass", PASSWORD)
                .with("cluster-secret", "of the nodes")
                .withTls(certificate));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static redis.clients.jedis.RedisClusterClient jedis(int port, JedisClientConfig config) {
    return redis.clients.jedis.RedisClusterClient.builder()
        .nodes(Set.of(new HostAndPort("127.0.0.1", port)))
        .clientConfig(config)
        .build();
  }

  private static DefaultJedisClientConfig.Builder jedisConfig() {
    return DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).password(PASSWORD);
  }

  @Test
  void jedisAuthenticatesAtEveryNode() {
    assertIsServed(cluster.port(0), jedisConfig().build());
  }

  @Test
  void jedisIsRedirectedFromTlsToTls() {
    redis.clients.jedis.SslOptions trusting =
        redis.clients.jedis.SslOptions.builder()
            .trustStoreType("PKCS12")
            .truststore(
                certificate.truststore().toFile(), ServerCertificate.STORE_PASSWORD.toCharArray())
            .build();

    assertIsServed(
        ClusterPlan.tlsPort(cluster.port(0)), jedisConfig().sslOptions(trusting).build());
  }

  private static void assertIsServed(int port, JedisClientConfig config) {
    try (redis.clients.jedis.RedisClusterClient client = jedis(port, config)) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.set("secured:" + i, "v" + i)).isEqualTo("OK");
      }
      for (int i = 0; i < 100; i++) {
        assertThat(client.get("secured:" + i)).isEqualTo("v" + i);
      }
    }
  }

  @Test
  void withoutThePasswordNothingIsServed() {
    assertThatThrownBy(
            () -> {
              JedisClientConfig none =
                  DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP2).build();
              try (redis.clients.jedis.RedisClusterClient client = jedis(cluster.port(0), none)) {
                client.get("secured:0");
              }
            })
        .isInstanceOf(JedisException.class);
  }

  @Test
  void lettuceReadsWritesAndSubscribesThroughTls() {
    RedisURI seed =
        RedisURI.builder()
            .withHost("127.0.0.1")
            .withPort(ClusterPlan.tlsPort(cluster.port(1)))
            .withPassword(PASSWORD.toCharArray())
            .withSsl(true)
            .build();
    Set<String> received = ConcurrentHashMap.newKeySet();
    try (RedisClusterClient client = RedisClusterClient.create(seed)) {
      client.setOptions(
          ClusterClientOptions.builder()
              .sslOptions(
                  SslOptions.builder()
                      .jdkSslProvider()
                      .trustManager(certificate.certificate().toFile())
                      .build())
              .build());
      try (StatefulRedisClusterConnection<String, String> connection = client.connect();
          StatefulRedisClusterPubSubConnection<String, String> subscriber =
              client.connectPubSub()) {
        for (int i = 0; i < 100; i++) {
          assertThat(connection.sync().set("lettuce-tls:" + i, "v" + i)).isEqualTo("OK");
        }
        assertThat(connection.sync().get("lettuce-tls:99")).isEqualTo("v99");

        subscriber.addListener(
            new RedisClusterPubSubAdapter<String, String>() {
              @Override
              public void message(
                  io.lettuce.core.cluster.models.partitions.RedisClusterNode node,
                  String channel,
                  String message) {
                received.add(message);
              }
            });
        subscriber.sync().subscribe("secured:news");
        connection.sync().publish("secured:news", "hello");
        await().untilAsserted(() -> assertThat(received).containsExactly("hello"));
      }
    }
  }

  @Test
  void redisCliFollowsRedirectsThroughTls() throws Exception {
    assumeTrue(RedisCli.isThere(), RedisCli.MISSING);
    for (int i = 0; i < 6; i++) {
      String port = Integer.toString(ClusterPlan.tlsPort(cluster.port(i)));
      assertThat(
              RedisCli.run(
                  "--tls",
                  "--cacert",
                  certificate.certificate().toString(),
                  "--no-auth-warning",
                  "-a",
                  PASSWORD,
                  "-c",
                  "-p",
                  port,
                  "set",
                  "cli-tls:" + i,
                  "v"))
          .isEqualTo("OK\n");
    }
  }
}
