package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands on strings and on keys whatever they hold, and CLUSTER, sent to a real redis-server and
 * to a node of ours: the bytes of all replies must be the same, in RESP2 and in RESP3.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KeysOracleTest {
  private OracleNode redis;
  private SingleNode node;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeThat(OracleNode.isInstalled()).isTrue();
    redis = OracleNode.start(folder);
    node = SingleNode.start();
  }

  @AfterAll
  void stop() {
    if (redis != null) {
      redis.close();
      node.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // SET and GET.
        "GET k|SET k v|GET k|SET k |GET k|SET k v2|GET k|GET|GET k a|SET|SET k",
        "SET k v NX|SET k w NX|GET k|SET k x XX|GET k|SET j x XX|GET j",
        "SET k v NX XX|SET k v XX NX|SET k v nx nx|SET k w xX Xx|GET k",
        "SET k v GET|SET k w GET|SET k x NX GET|SET j x NX GET|SET j y XX GET|SET i x XX GET",
        "GET i|SET k v GET GET|SET k v GET NX XX",
        "SET k v EX 100|TTL k|SET k w|TTL k|SET k v PX 100000|TTL k|SET k w KEEPTTL|TTL k|GET k",
        "SET k v EXAT 33177117420|EXPIRETIME k|PEXPIRETIME k|SET k v PXAT 33177117420123",
        "PEXPIRETIME k|EXPIRETIME k|SET k w KEEPTTL GET|PEXPIRETIME k|SET k x GET|PEXPIRETIME k",
        "SET k v EX 0|SET k v EX -1|SET k v PX 0|SET k v EXAT 0|SET k v PXAT -5|EXISTS k",
        "SET k v EX a|SET k v EX 1.5|SET k v EX|SET k v PX|SET k v EXAT|SET k v PXAT|EXISTS k",
        "SET k v EX 9223372036854775807|SET k v EX 9223372036854775|SET k v EX 9223372036854776",
        "SET k v PX 9223372036854775807|SET k v PX 9223372036854775808|EXISTS k",
        "SET k v EXAT 9223372036854775|TTL j|SET k v EXAT 9223372036854776|EXPIRETIME k",
        "SET k v PXAT 9223372036854775807|PEXPIRETIME k|SET k v PXAT 1|GET k|EXISTS k|TTL k",
        "SET k v EX 10 PX 10|SET k v EX 10 EX 20|TTL k|SET k v EX 10 KEEPTTL|SET k v KEEPTTL EX 10",
        "SET k v EXAT 1 PXAT 1|SET k v KEEPTTL KEEPTTL|SET k v PERSIST|SET k v foo|SET k v EX EX",
        "SET k v NX EX 100 GET|SET k w XX KEEPTTL GET|GET k|TTL k|SET k v GET EX 0|GET k",
        "SET k v EX 100 NX|SET k v EX 200 NX|TTL k|SET k v EX 300 XX|TTL k",
        // Its kin.
        "SETNX k v|SETNX k w|GET k|SETNX k|SETEX k 100 v|TTL k|GET k|SETEX k 0 v|SETEX k a v",
        "SETEX k -1 v|SETEX k 9223372036854775807 v|SETEX k 1|PSETEX k 100000 w|TTL k|GET k",
        "PSETEX k 0 v|PSETEX k a v|PSETEX k 9223372036854775807 v|GETSET k v|GETSET k w|TTL k",
        "SETEX k 100 v|GETSET k w|TTL k|GETDEL k|GETDEL k|EXISTS k|GETDEL",
        "GETEX k|SET k v|GETEX k|TTL k|GETEX k EX 100|TTL k|GETEX k|TTL k|GETEX k PERSIST|TTL k",
        "SET k v|GETEX k PX 100000|TTL k|GETEX k EXAT 33177117420|EXPIRETIME k|GETEX k PXAT 1",
        "SET k v|GETEX k PXAT 33177117420123|PEXPIRETIME k|GETEX k EX 0|GETEX k EX a|GETEX j EX a",
        "SET k v|GETEX k EX 1 PX 1|GETEX k EX|GETEX k foo|GETEX k PERSIST EX 1|GETEX k EX 9 PERSIST",
        "SET k v|GETEX k KEEPTTL|GETEX k NX|GETEX k EXAT 0|GETEX k EXAT 1|EXISTS k|GETEX k foo",
        "STRLEN k|SET k abc|STRLEN k|STRLEN|STRLEN k a|APPEND k def|GET k|APPEND j x|GET j|APPEND k",
        "SETEX k 100 a|APPEND k b|TTL k|GET k|APPEND k |GET k|STRLEN k",
        "INCR k|INCR k|DECR k|GET k|INCRBY k 10|DECRBY k 5|GET k|INCRBY k a|INCRBY k|DECRBY k",
        "SET k 9223372036854775806|INCR k|INCR k|GET k|DECRBY k -1|INCRBY k 1|INCRBY k -1|GET k",
        "SET k -9223372036854775808|DECR k|INCRBY k -1|DECRBY k 1|GET k",
        "SET k 0|DECRBY k -9223372036854775808|INCRBY k -9223372036854775808|GET k|DECR k",
        "SET k a|INCR k|SET k 1.0|INCR k|SET k 01|INCR k|SET k +1|INCR k|SET k -0|INCR k|SET k |INCR k",
        "SET k 9223372036854775808|INCR k|SETEX k 100 1|INCR k|TTL k|INCR k a",
        "MGET {k}1 {k}2|SET {k}1 a|MGET {k}1 {k}2 {k}1|MGET|MGET {k}1 {j}1|MGET k",
        "MSET {k}1 a {k}2 b|MGET {k}1 {k}2|MSET {k}1 a {k}2|MSET|MSET {k}1|MSET {k}1 c {k}1 d",
        "GET {k}1|MSETNX {k}2 x {k}3 y|EXISTS {k}3|MSETNX {k}3 y {k}4 z|MGET {k}3 {k}4|MSETNX {k}1",
        "MSET {k}1 a {j}2 b|MSETNX {k}1 a {k}2|SETEX {k}1 100 a|MSET {k}1 b|TTL {k}1",
        // Keys whatever they hold.
        "DEL k|SET k v|DEL k|GET k|DEL|UNLINK|SET k v|UNLINK k|UNLINK k|MSET {k}1 a {k}2 b",
        "MSET {k}1 a {k}2 b|DEL {k}1 {k}2 {k}3 {k}1|EXISTS {k}1|DEL {k}1 {j}1|UNLINK {k}1 {j}1",
        "EXISTS k|SET k v|EXISTS k|EXISTS k k k|EXISTS|TYPE k|TYPE j|TYPE|TYPE k a",
        "TTL k|PTTL k|EXPIRETIME k|PEXPIRETIME k|SET k v|TTL k|PTTL k|EXPIRETIME k|PEXPIRETIME k",
        "TTL|PTTL|EXPIRETIME|PEXPIRETIME|TTL k a|PERSIST k|SET k v|PERSIST k|EXPIRE k 100",
        "SET k v EX 100|PERSIST k|PERSIST k|TTL k|PERSIST|PERSIST k a",
        "EXPIRE k 10|SET k v|EXPIRE k 100|TTL k|PEXPIRE k 200000|TTL k|EXPIREAT k 33177117420",
        "SET k v|EXPIREAT k 33177117420|EXPIRETIME k|PEXPIREAT k 33177117420123|PEXPIRETIME k",
        "SET k v|EXPIRE k 0|EXISTS k|SET k v|EXPIRE k -1|EXISTS k|SET k v|PEXPIRE k -1|EXISTS k",
        "SET k v|EXPIREAT k 1|EXISTS k|SET k v|PEXPIREAT k -9223372036854775808|EXISTS k",
        "SET k v|EXPIRE k a|EXPIRE k|EXPIRE|EXPIRE k 1.5|EXPIRE k 9223372036854775807|TTL k",
        "SET k v|EXPIRE k 9223372036854775|EXPIRE k 9223372036854776|EXPIRE k -9223372036854776",
        "SET k v|PEXPIRE k 9223372036854775807|PEXPIREAT k 9223372036854775807|PEXPIRETIME k",
        "SET k v|EXPIRE k 100 NX|EXPIRE k 200 NX|TTL k|EXPIRE k 300 XX|TTL k|PERSIST k|EXPIRE k 9 XX",
        "SET k v|EXPIRE k 100 GT|TTL k|EXPIRE k 100 LT|TTL k|EXPIRE k 200 LT|EXPIRE k 200 GT|TTL k",
        "SET k v EX 100|EXPIRE k 50 GT|TTL k|EXPIRE k 50 LT|TTL k|EXPIRE k 70 XX GT|TTL k",
        "SET k v EX 100|EXPIRE k 200 XX LT|EXPIRE k -1 LT|EXISTS k|EXPIRE k 10 XX LT|EXPIRE j 1 NX",
        "SET k v|EXPIRE k 1 NX XX|EXPIRE k 1 NX GT|EXPIRE k 1 NX LT|EXPIRE k 1 GT LT|EXPIRE k 1 foo",
        "EXPIRE k a NX XX|EXPIRE k 1 nx nx|EXPIRE k 1 foo NX XX|PEXPIRE k 1 foo|EXPIREAT k 1 GT LT",
        "SET k v EX 100|PEXPIREAT k 33177117420123 GT|PEXPIRETIME k|EXPIREAT k 33177117420 LT",
        // CLUSTER.
        "CLUSTER|CLUSTER FOO|CLUSTER KEYSLOT|CLUSTER KEYSLOT a b|CLUSTER KEYSLOT a|CLUSTER KEYSLOT ",
        "CLUSTER KEYSLOT {a}b|CLUSTER KEYSLOT {}a|CLUSTER KEYSLOT a{b}{c}|CLUSTER KEYSLOT {{a}}b",
        "CLUSTER COUNTKEYSINSLOT|CLUSTER COUNTKEYSINSLOT a|CLUSTER COUNTKEYSINSLOT -1",
        "CLUSTER COUNTKEYSINSLOT 16384|CLUSTER COUNTKEYSINSLOT 7629|SET k v",
        "SET k v|CLUSTER COUNTKEYSINSLOT 7629|CLUSTER GETKEYSINSLOT 7629 10|DEL k",
        "CLUSTER GETKEYSINSLOT 7629 10|CLUSTER GETKEYSINSLOT 7629 0|CLUSTER GETKEYSINSLOT 7629 -1",
        "CLUSTER GETKEYSINSLOT 16384 1|CLUSTER GETKEYSINSLOT a 1|CLUSTER GETKEYSINSLOT 1 a",
        "CLUSTER REPLICAS a|CLUSTER SLAVES a|CLUSTER REPLICAS|CLUSTER LINKS|CLUSTER LINKS a",
        "CLUSTER SLOTS a|CLUSTER SHARDS a|CLUSTER NODES a|CLUSTER INFO a|CLUSTER MYID a",
      })
  void sameBytes(String scenario) {
    assertThat(replies(node.connect(), scenario)).isEqualTo(replies(redis.connect(), scenario));
    assertThat(repliesInResp3(node.connect(), scenario))
        .isEqualTo(repliesInResp3(redis.connect(), scenario));
  }

  private static String repliesInResp3(RespConnection connection, String scenario) {
    connection.call("HELLO", "3");
    return replies(connection, scenario);
  }

  /** Each scenario begins without keys; a space at the end is an empty argument. */
  private static String replies(RespConnection connection, String scenario) {
    connection.call("FLUSHALL");
    StringBuilder replies = new StringBuilder();
    for (String command : scenario.split("\\|", -1)) {
      if (!command.isEmpty()) {
        replies.append(command).append(" -> ").append(connection.line(command));
      }
    }
    return replies.toString();
  }
}
