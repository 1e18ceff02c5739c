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
 * Commands about connections and the server, sent to a real redis-server and to a node of ours: the
 * bytes of all replies must be the same, in RESP2 and in RESP3.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ServerOracleTest {
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
        // Connections.
        "PING|PING a|PING a b|ECHO|ECHO a|ECHO a b",
        "SELECT 0|SELECT 1|SELECT -1|SELECT a|SELECT 99999999999|SELECT",
        "READONLY|READWRITE|ASKING|READONLY a|ASKING a",
        "HELLO a|HELLO 1|HELLO 4|HELLO 3 a|HELLO 3 AUTH a|HELLO 3 SETNAME|HELLO 2 AUTH a b",
        "HELLO 2 SETNAME a\nb|CLIENT GETNAME|HELLO 9223372036854775808",
        "AUTH a|AUTH a b|AUTH a b c|AUTH default a|AUTH",
        "RESET|RESET a",
        "QUIT",
        // CLIENT.
        "CLIENT|CLIENT FOO|CLIENT ID a|CLIENT GETNAME|CLIENT SETNAME a|CLIENT GETNAME",
        "CLIENT SETNAME a b|CLIENT SETNAME a\tb|CLIENT SETNAME|CLIENT GETNAME",
        "CLIENT LIST TYPE|CLIENT LIST TYPE foo|CLIENT LIST FOO|CLIENT LIST ID|CLIENT LIST ID a",
        "CLIENT LIST ID 987654|CLIENT LIST TYPE master|CLIENT LIST TYPE replica",
        "CLIENT LIST TYPE normal ID 3|CLIENT INFO a",
        "CLIENT KILL|CLIENT KILL a|CLIENT KILL ID|CLIENT KILL ID a|CLIENT KILL ID 0",
        "CLIENT KILL ID 987654|CLIENT KILL TYPE foo|CLIENT KILL TYPE slave|CLIENT KILL USER foo",
        "CLIENT KILL SKIPME foo ID 1|CLIENT KILL ADDR 1 LADDR 2|CLIENT KILL ID 9 FOO",
        "CLIENT KILL ID 1 SKIPME|CLIENT KILL FOO 1",
        "CLIENT NO-EVICT ON|CLIENT NO-EVICT off|CLIENT NO-EVICT a|CLIENT NO-EVICT",
        "CLIENT UNBLOCK a|CLIENT UNBLOCK 987654|CLIENT UNBLOCK 987654 ERROR",
        "CLIENT UNBLOCK 987654 foo|CLIENT UNBLOCK 3 ERROR a|CLIENT UNBLOCK",
        "CLIENT PAUSE a|CLIENT PAUSE -1|CLIENT PAUSE 0 foo|CLIENT PAUSE 0 ALL a|CLIENT PAUSE 0",
        "CLIENT PAUSE 0 WRITE|CLIENT UNPAUSE|CLIENT UNPAUSE a|CLIENT PAUSE",
        "CLIENT REPLY foo|CLIENT REPLY|CLIENT REPLY ON",
        "CLIENT TRACKING foo|CLIENT TRACKING OFF|CLIENT TRACKING|CLIENT TRACKINGINFO",
        "CLIENT GETREDIR|CLIENT CACHING YES|CLIENT CACHING NO|CLIENT CACHING",
        "CLIENT MAINT_NOTIFICATIONS ON",
        // COMMAND.
        "COMMAND COUNT a|COMMAND FOO|COMMAND INFO foo|COMMAND INFO client|foo get|foo",
        "COMMAND DOCS foo|COMMAND LIST foo|COMMAND LIST FILTERBY|COMMAND LIST FILTERBY ACLCAT",
        "COMMAND LIST FILTERBY ACLCAT foo|COMMAND LIST FILTERBY MODULE foo",
        "COMMAND LIST FILTERBY PATTERN spub*|COMMAND LIST FILTERBY PATTERN a b",
        "COMMAND LIST FILTERBY foo bar",
        "COMMAND GETKEYS|COMMAND GETKEYS get|COMMAND GETKEYS get a|COMMAND GETKEYS foo a",
        "COMMAND GETKEYS ping a|COMMAND GETKEYS client id|COMMAND GETKEYS client foo",
        "COMMAND GETKEYS del a b c|COMMAND GETKEYS set a|COMMAND GETKEYS set a b EX 1",
        "COMMAND GETKEYS spublish a b|COMMAND GETKEYS ssubscribe a b",
        "COMMAND GETKEYSANDFLAGS get a|COMMAND GETKEYSANDFLAGS del a b|COMMAND GETKEYSANDFLAGS get",
        // CONFIG; the directives themselves are compared in RedisOracleTest.
        "CONFIG|CONFIG GET|CONFIG GET foo|CONFIG GET maxmemory|CONFIG GET MaxMemory maxmemory",
        "CONFIG GET maxmemory-p*|CONFIG GET timeou*|CONFIG SET a b|CONFIG SET maxmemory 1 timeout",
        "CONFIG SET maxmemory 1 maxmemory 2|CONFIG SET maxmemory a|CONFIG SET a|CONFIG RESETSTAT",
        "CONFIG RESETSTAT a|CONFIG REWRITE|CONFIG REWRITE a|CONFIG FOO",
        // The server.
        "TIME a|DBSIZE|DBSIZE a|FLUSHALL|FLUSHALL async|FLUSHALL SYNC|FLUSHALL a",
        "FLUSHALL SYNC ASYNC|FLUSHDB|FLUSHDB ASYNC|FLUSHDB a",
        "SHUTDOWN foo|SHUTDOWN ABORT|SHUTDOWN ABORT NOW|SHUTDOWN SAVE NOSAVE",
        "INFO foo|INFO modules|INFO cluster|INFO keyspace|INFO foo bar",
        // Scripting, with nothing loaded.
        "FUNCTION FLUSH|FUNCTION FLUSH async|FUNCTION FLUSH foo|FUNCTION FLUSH SYNC ASYNC",
        "FUNCTION DUMP|FUNCTION LIST|FUNCTION LIST WITHCODE|FUNCTION LIST foo|FUNCTION",
        "FUNCTION LIST LIBRARYNAME|FUNCTION LIST LIBRARYNAME a WITHCODE|FUNCTION DUMP a",
        "FUNCTION LIST WITHCODE WITHCODE|SCRIPT FLUSH|SCRIPT FLUSH ASYNC|SCRIPT FLUSH a",
        "SCRIPT FLUSH SYNC ASYNC|SCRIPT EXISTS|SCRIPT EXISTS a b|SCRIPT",
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

  private static String replies(RespConnection connection, String scenario) {
    StringBuilder replies = new StringBuilder();
    // A bar between commands; one in the name of a subcommand has a word on both sides.
    for (String command : scenario.split("\\|(?=[A-Z])", -1)) {
      replies.append(command).append(" -> ").append(connection.line(command));
    }
    return replies.toString();
  }
}
