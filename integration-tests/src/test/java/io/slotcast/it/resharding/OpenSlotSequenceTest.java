package io.slotcast.it.resharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.it.Conversation;
import io.slotcast.it.RedisCluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What scripted clients see while a slot moves key by key, byte for byte beside a real Redis 7.0:
 * of the redirects only the addresses differ, and they are compared by which node they name.
 */
class OpenSlotSequenceTest {
  /**
   * As {@link Conversation} has it. Connections s… are to the source, t… to the target, o… to the
   * third node, and slot 3300 is that of {b}.
   */
  private static final List<String> SCRIPT =
      List.of(
          // Before.
          "s SET {b}1 one",
          "s SET {b}2 two",
          "s SET {b}left stays",
          "s SET {b}w watched",
          "s RPUSH {b}list x y z",
          "s HSET {b}hash f v",
          "s ZADD {b}zset 1 a 2 b",
          "s SADD {b}set m",
          "s XADD {b}stream 1-1 f v",
          "s SET {b}ttl v PXAT 4102444800000",
          "sub SSUBSCRIBE {b}channel",
          "wait! BLPOP {b}queue 0",
          "s CLUSTER SETSLOT 3300 MIGRATING $S2",
          "s CLUSTER SETSLOT 16384 MIGRATING $T",
          "s CLUSTER SETSLOT x STABLE",
          "s CLUSTER SETSLOT 3300 IMPORTING $T",
          "t CLUSTER SETSLOT 3300 MIGRATING $S",
          "t CLUSTER SETSLOT 3300 IMPORTING nobody",
          "s CLUSTER SETSLOT 3300 NODE nobody",
          "s CLUSTER SETSLOT 3300 ELSEWHERE $T",
          "s CLUSTER SETSLOT 3300 STABLE more",
          // Open.
          "t CLUSTER SETSLOT 3300 IMPORTING $S",
          "s CLUSTER SETSLOT 3300 MIGRATING $T",
          "s CLUSTER COUNTKEYSINSLOT 3300",
          "s GET {b}1",
          "s GET {b}none",
          "s SET {b}none v",
          "s MGET {b}1 {b}2",
          "s MGET {b}1 {b}none",
          "s MGET {b}none {b}nor",
          "s DEL {b}none",
          "s EXISTS {b}1 {b}1",
          "t GET {b}1",
          "t SET {b}new v",
          "o GET {b}1",
          "o GET {b}none",
          "t ASKING",
          "t GET {b}1",
          "t GET {b}1",
          "t ASKING",
          "t ASKING",
          "t SET {b}new fresh",
          "t ASKING",
          "t MGET {b}new {b}1",
          "t ASKING",
          "t MGET {b}none {b}none",
          "t ASKING",
          "t PING",
          "t GET {b}new",
          "t ASKING",
          "t NOSUCHCOMMAND",
          "t GET {b}new",
          "o ASKING",
          "o GET {b}1",
          "s SPUBLISH {b}channel hello",
          "sub?",
          "t SPUBLISH {b}channel hello",
          "t ASKING",
          "t SPUBLISH {b}channel hello",
          // Transactions.
          "s MULTI",
          "s GET {b}1",
          "s MGET {b}1 {b}2",
          "s EXEC",
          "s MULTI",
          "s GET {b}1",
          "s GET {b}none",
          "s EXEC",
          "t ASKING",
          "t MULTI",
          "t SET {b}m 1",
          "t GET {b}m",
          "t EXEC",
          "t GET {b}m",
          "t MULTI",
          "t SET {b}m 2",
          "t EXEC",
          "t ASKING",
          "t MULTI",
          "t DISCARD",
          "t GET {b}m",
          // Keys move.
          "s MIGRATE 127.0.0.1 $TP {b}1 0 5000",
          "s MIGRATE 127.0.0.1 $TP {b}1 0 5000",
          "s GET {b}1",
          "s MGET {b}1 {b}2",
          "t ASKING",
          "t GET {b}1",
          "t ASKING",
          "t MGET {b}1 {b}new",
          "t ASKING",
          "t MGET {b}1 {b}2",
          "s2 MULTI",
          "s2 GET {b}2",
          "s2 GET {b}left",
          "s MIGRATE 127.0.0.1 $TP \"\" 0 5000 KEYS {b}2 {b}list {b}none {b}hash {b}zset {b}set"
              + " {b}stream {b}ttl",
          "s2 EXEC",
          "s2 WATCH {b}w",
          "s2 MULTI",
          "s2 PING",
          "s MIGRATE 127.0.0.1 $TP {b}w 0 5000",
          "s2 EXEC",
          "s WATCH {b}w",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 5000 COPY",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 5000",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 5000 COPY REPLACE",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 5000 AUTH secret",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 5000 AUTH2 somebody secret REPLACE COPY",
          "s MIGRATE 127.0.0.1 $TP {b}left 1 5000 COPY REPLACE",
          "s MIGRATE 127.0.0.1 1 {b}left 0 500",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 x",
          "s MIGRATE 127.0.0.1 $TP {b}left x 0",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 5000 NOW",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 5000 KEYS {b}1",
          "s MIGRATE 127.0.0.1 $TP \"\" 0 5000 KEYS {b}left {c}left",
          "o MIGRATE 127.0.0.1 $TP {b}left 0 5000",
          "t MIGRATE 127.0.0.1 $TP {b}nothing 0 5000",
          "s GET {b}left",
          "s CLUSTER GETKEYSINSLOT 3300 10",
          "s CLUSTER SETSLOT 3300 NODE $T",
          "s MIGRATE 127.0.0.1 $TP {b}left 0 5000 REPLACE",
          "s CLUSTER COUNTKEYSINSLOT 3300",
          "s LPUSH {b}queue item",
          // Given.
          "t CLUSTER SETSLOT 3300 NODE $T",
          "s CLUSTER SETSLOT 3300 NODE $T",
          "o CLUSTER SETSLOT 3300 NODE $T",
          "sub?",
          "wait?",
          "s GET {b}1",
          "s GET {b}none",
          "s MGET {b}1 {b}none",
          "s SPUBLISH {b}channel hello",
          "s SSUBSCRIBE {b}channel",
          "s MULTI",
          "s GET {b}1",
          "s EXEC",
          "o GET {b}1",
          "t GET {b}1",
          "t MGET {b}1 {b}2 {b}none",
          "t LRANGE {b}list 0 -1",
          "t HGETALL {b}hash",
          "t ZRANGE {b}zset 0 -1 WITHSCORES",
          "t SMEMBERS {b}set",
          "t XRANGE {b}stream - +",
          "t PERSIST {b}ttl",
          "t GET {b}left",
          "t CLUSTER COUNTKEYSINSLOT 3300",
          "t CLUSTER SETSLOT 3300 NODE $T",
          "s CLUSTER SETSLOT 3300 STABLE");

  @Test
  void aClientOfASlotThatMovesKeyByKeySeesWhatRedisShows(@TempDir Path folder) {
    assumeThat(RedisCluster.isInstalled()).isTrue();
    List<String> expected;
    try (RedisCluster redis = RedisCluster.start(folder)) {
      expected = new Conversation(redis, "sto").play(SCRIPT);
    }
    try (TestCluster ours = TestCluster.start(new ClusterPlan(3, 0, List.of()))) {
      assertThat(new Conversation(ours, "sto").play(SCRIPT)).containsExactlyElementsOf(expected);
    }
  }
}
