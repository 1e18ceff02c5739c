package io.slotcast.it.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.it.Conversation;
import io.slotcast.it.RedisCluster;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients of a primary and of its replica are told, byte for byte beside a real Redis 7.0. Of
 * redirects only the addresses differ, and they are compared by which node they name.
 */
class ReplicaConversationTest {
  /** Said in RESP2, then in RESP3. Connections p… are to the primary, r… to the replica. */
  private static final List<String> SCRIPT =
      List.of(
          "p FLUSHALL",
          "p SET foo bar",
          "p RPUSH list a b c",
          "p HSET hash f v",
          "p SADD set m",
          "p ZADD zset 1 m",
          "p XADD stream 1-1 f v",
          // How many replicas have it.
          "p WAIT 1 0",
          "p WAIT 0 0",
          // What it counts depends on when Redis' replica answers the question before.
          "p~ WAIT -1 0",
          "p WAIT 2 50",
          "p WAIT 1 -1",
          "p WAIT a 0",
          "p WAIT 1 a",
          "p WAIT 1",
          "p MULTI",
          "p WAIT 5 0",
          "p~ EXEC",
          "r WAIT 1 10",
          "r WAIT a 10",
          // A replica sends away who does not say READONLY.
          "r GET foo",
          "r SET foo other",
          "r MULTI",
          "r GET foo",
          "r EXEC",
          "r DBSIZE",
          "r READONLY now",
          "r READWRITE now",
          "r READONLY",
          "r READONLY",
          "r GET foo",
          "r GET none",
          "r LRANGE list 0 -1",
          "r HGETALL hash",
          "r SMEMBERS set",
          "r ZRANGE zset 0 -1 WITHSCORES",
          "r XRANGE stream - +",
          "r XREAD COUNT 1 STREAMS stream 0",
          "r XREAD BLOCK 10 STREAMS stream $",
          "r TYPE foo",
          "r TTL foo",
          "r OBJECT ENCODING foo",
          "r EXISTS foo",
          "r MGET foo list",
          "r SET foo other",
          "r DEL foo",
          "r EXPIRE foo 10",
          "r BLPOP list 1",
          "r XGROUP CREATE stream g 0",
          "r GETEX foo PERSIST",
          "r SORT list ALPHA",
          "r SORT list ALPHA STORE list",
          "r FLUSHALL",
          "r FLUSHDB",
          "r MULTI",
          "r GET foo",
          "r LLEN list",
          "r EXEC",
          "r MULTI",
          "r GET foo",
          "r SET foo other",
          "r EXEC",
          "r WATCH foo",
          "r UNWATCH",
          "r ASKING",
          "r GET foo",
          "r ASKING",
          "r SET foo other",
          "r SPUBLISH foo message",
          "r READWRITE",
          "r GET foo",
          "r READONLY",
          "r GET foo",
          "r RESET",
          "r~ HELLO $V",
          "r GET foo",
          "r SPUBLISH foo message",
          // What is not for either.
          "p READONLY",
          "p GET foo",
          "p SET foo bar",
          "p READWRITE",
          "p CLUSTER FAILOVER",
          "r CLUSTER FAILOVER now",
          "r CLUSTER FAILOVER FORCE now",
          "p CLUSTER REPLICAS $R",
          "r CLUSTER KEYSLOT foo",
          "r CLUSTER COUNTKEYSINSLOT 12182",
          "r CLUSTER GETKEYSINSLOT 12182 10",
          "rsub SSUBSCRIBE foo",
          "p SPUBLISH foo message",
          "rsub?",
          "p GET foo");

  private static List<String> play(Cluster cluster) {
    awaitFollowing(cluster);
    Conversation conversation = new Conversation(cluster, "pr");
    return Stream.of("2", "3").flatMap(version -> conversation.play(in(version)).stream()).toList();
  }

  /** Before they say anything else, clients name the protocol. */
  private static List<String> in(String version) {
    Stream<String> hello = Stream.of("p", "r", "rsub").map(who -> who + "~ HELLO " + version);
    return Stream.concat(hello, SCRIPT.stream().map(step -> step.replace("$V", version))).toList();
  }

  private static void awaitFollowing(Cluster cluster) {
    try (RespConnection primary = cluster.connect(0)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> primary.call("INFO", "replication").text().contains("state=online"));
    }
  }

  /** The difference: a replica follows over the link between the nodes. */
  private static void aReplicaIsNoClientOfItsPrimary(Cluster cluster) {
    try (RespConnection primary = cluster.connect(0)) {
      assertThat(primary.call("CLIENT", "LIST", "TYPE", "replica").text()).isEmpty();
      assertThat(primary.call("CLIENT", "KILL", "TYPE", "replica").text()).isEqualTo("0");
      assertThat(primary.call("INFO", "replication").text()).contains("connected_slaves:1");
    }
  }

  @Test
  void clientsOfAPrimaryAndOfItsReplicaAreToldWhatRedisTells(@TempDir Path folder) {
    assumeThat(RedisCluster.isInstalled()).isTrue();
    List<String> expected;
    try (RedisCluster redis = RedisCluster.startWithReplica(folder)) {
      expected = play(redis);
    }
    try (TestCluster ours = TestCluster.start(new ClusterPlan(1, 1, List.of()))) {
      assertThat(play(ours)).containsExactlyElementsOf(expected);
      aReplicaIsNoClientOfItsPrimary(ours);
    }
  }
}
