package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DEBUG and MEMORY. */
class DebugTest {
  private static final String[] WRITES = {
    "SET string text", "SET number 12", "SET timed v PXAT 33177117420123", "RPUSH list a b 3",
    "SADD integers 3 1 2", "SADD strings a b c", "HSET hash f v g 1", "ZADD zset 1.5 a -inf b 2 c",
    "XADD stream 1-1 f v g 2", "XADD stream 2-1 f w", "XADD stream 3-1 f x", "XDEL stream 2-1",
    "XGROUP CREATE stream group 0", "XREADGROUP GROUP group me COUNT 1 STREAMS stream >",
  };

  private final SingleNode node = SingleNode.start("--enable-debug-command", "yes");
  private final RespConnection client = node.connect();

  @AfterEach
  void stop() {
    node.close();
  }

  private static void fill(RespConnection connection) {
    for (String write : WRITES) {
      assertThat(connection.line(write)).doesNotStartWith("-");
    }
  }

  @Test
  void itIsForThoseWhomTheDirectiveLets() {
    try (SingleNode without = SingleNode.start();
        SingleNode local = SingleNode.start("--enable-debug-command", "local")) {
      assertThat(without.connect().line("DEBUG SLEEP 0")).startsWith("-ERR DEBUG command not");
      assertThat(without.connect().line("DEBUG HELP")).startsWith("-ERR DEBUG command not");
      assertThat(local.connect().line("DEBUG SLEEP 0")).isEqualTo("+OK\r\n");
    }
    assertThat(client.line("DEBUG SLEEP 0.001")).isEqualTo("+OK\r\n");
    assertThat(client.texts("DEBUG", "HELP")).contains("OBJECT <key>", "HELP");
    assertThat(client.line("DEBUG FOO")).startsWith("-ERR unknown subcommand or wrong number");
    assertThat(client.line("DEBUG SLEEP")).startsWith("-ERR unknown subcommand or wrong number");
    assertThat(client.line("DEBUG")).startsWith("-ERR wrong number of arguments");
  }

  @Test
  void signaturesOfKeysAreThoseOfRedis(@TempDir Path folder) {
    assumeThat(OracleNode.isInstalled()).isTrue();
    try (OracleNode oracle = OracleNode.start(folder, "--enable-debug-command", "yes")) {
      RespConnection redis = oracle.connect();
      assertThat(client.line("DEBUG DIGEST")).isEqualTo(redis.line("DEBUG DIGEST"));
      fill(client);
      fill(redis);
      String keys = "string number timed list integers strings hash zset stream none";
      assertThat(client.line("DEBUG DIGEST-VALUE " + keys))
          .isEqualTo(redis.line("DEBUG DIGEST-VALUE " + keys));
      assertThat(client.line("DEBUG DIGEST")).isEqualTo(redis.line("DEBUG DIGEST"));
      for (String refused :
          new String[] {"DEBUG OBJECT none", "DEBUG LISTPACK none", "DEBUG LISTPACK string"}) {
        assertThat(client.line(refused)).isEqualTo(redis.line(refused));
      }
      for (String key : new String[] {"string", "number", "list", "hash", "zset"}) {
        String pattern = "encoding:\\w+ serializedlength:\\d+|ql_.*";
        assertThat(found(pattern, client.line("DEBUG OBJECT " + key)))
            .isEqualTo(found(pattern, redis.line("DEBUG OBJECT " + key)));
      }
    }
  }

  private static String found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .toList()
        .toString();
  }

  @Test
  void aReloadChangesNothing() {
    fill(client);
    String before = client.line("DEBUG DIGEST");
    String groups = client.line("XINFO STREAM stream FULL");
    client.line("SET gone v PX 1");
    await().until(() -> client.line("EXISTS gone").equals(":0\r\n"));

    assertThat(client.line("DEBUG RELOAD")).isEqualTo("+OK\r\n");

    assertThat(client.line("DEBUG DIGEST")).isEqualTo(before);
    assertThat(client.line("XINFO STREAM stream FULL")).isEqualTo(groups);
    assertThat(client.line("PEXPIRETIME timed")).isEqualTo(":33177117420123\r\n");
    assertThat(client.line("DEBUG RELOAD NOSAVE")).startsWith("-ERR Error trying to load");
    assertThat(client.line("DEBUG RELOAD FOO")).startsWith("-ERR DEBUG RELOAD only supports");
  }

  @Test
  void expiryOfKeysThatNobodyAsksForStopsAndGoesOn() {
    assertThat(client.line("DEBUG SET-ACTIVE-EXPIRE 0")).isEqualTo("+OK\r\n");
    client.line("SET k v PX 1");
    await().until(() -> client.line("EXISTS k").equals(":0\r\n"));
    assertThat(client.line("DBSIZE")).isEqualTo(":1\r\n");

    client.line("DEBUG SET-ACTIVE-EXPIRE 1");

    await().until(() -> client.line("DBSIZE").equals(":0\r\n"));
  }

  @Test
  void longElementsOfListsAreDumpedByThemselvesFromAnyLength() {
    client.line("RPUSH list short " + "x".repeat(50) + " short");
    assertThat(client.line("DEBUG OBJECT list")).contains("ql_nodes:1 ");

    assertThat(client.line("DEBUG QUICKLIST-PACKED-THRESHOLD 20b")).isEqualTo("+OK\r\n");

    assertThat(client.line("DEBUG OBJECT list")).contains("ql_nodes:3 ");
    client.call("RESTORE", "copy", "0", client.text("DUMP", "list"));
    assertThat(client.texts("LRANGE", "copy", "0", "-1"))
        .containsExactly("short", "x".repeat(50), "short");
    client.line("DEBUG QUICKLIST-PACKED-THRESHOLD 0");
    assertThat(client.line("DEBUG OBJECT list")).contains("ql_nodes:1 ");
    assertThat(client.line("DEBUG QUICKLIST-PACKED-THRESHOLD 4gb")).startsWith("-ERR argument");
    assertThat(client.line("DEBUG QUICKLIST-PACKED-THRESHOLD foo")).startsWith("-ERR argument");
  }

  @Test
  void payloadsWithAWrongChecksumAreTakenIfToldTo() {
    client.line("SET k value");
    String payload = client.text("DUMP", "k");
    String wrong = payload.substring(0, payload.length() - 1) + "?";
    assertThat(client.call("RESTORE", "copy", "0", wrong)).startsWith("-ERR DUMP payload");

    client.line("DEBUG SET-SKIP-CHECKSUM-VALIDATION 1");

    assertThat(client.call("RESTORE", "copy", "0", wrong)).isEqualTo("+OK\r\n");
    client.line("DEBUG SET-SKIP-CHECKSUM-VALIDATION 0");
    assertThat(client.call("RESTORE", "copy", "0", wrong, "REPLACE")).startsWith("-ERR DUMP");
  }

  @Test
  void theReplicationIdIsAnotherAfterwards() {
    String before =
        client.text("INFO", "replication").replaceAll("(?s).*master_replid:|\r\n.*", "");
    assertThat(before).hasSize(40);
    assertThat(client.line("DEBUG CHANGE-REPL-ID")).isEqualTo("+OK\r\n");
    assertThat(client.text("INFO", "replication")).doesNotContain(before);
  }

  @Test
  void theRestAnswers() {
    assertThat(client.line("DEBUG STRINGMATCH-LEN a*c abbc")).isEqualTo(":1\r\n");
    assertThat(client.line("DEBUG STRINGMATCH-LEN a*c abbd")).isEqualTo(":0\r\n");
    assertThat(client.line("DEBUG JMAP")).isEqualTo("+OK\r\n");
    assertThat(client.line("DEBUG LOG hello")).isEqualTo("+OK\r\n");
    assertThat(client.call("DEBUG", "ERROR", "MY error")).isEqualTo("-MY error\r\n");
    client.line("HSET hash f v");
    assertThat(client.line("DEBUG LISTPACK hash"))
        .isEqualTo("+Listpack structure printed on stdout\r\n");
  }

  @Test
  void memoryOfAKeyGrowsWithWhatIsInIt() {
    fill(client);
    for (String key : "string list integers strings hash zset stream".split(" ", -1)) {
      assertThat(usage(key)).as(key).isBetween(40L, 1500L);
    }
    assertThat(client.line("MEMORY USAGE none")).isEqualTo("$-1\r\n");
    for (int i = 0; i < 1000; i++) {
      client.line("SADD strings member-" + i);
      client.line("ZADD zset " + i + " member-" + i);
      client.line("HSET hash field-" + i + " " + "v".repeat(50));
      client.line("XADD stream * f " + "v".repeat(50));
      client.line("RPUSH list " + "v".repeat(50));
    }
    // Their own bytes at least, and not several times as many.
    assertThat(usage("strings")).isBetween(20_000L, 100_000L);
    assertThat(usage("zset")).isBetween(30_000L, 150_000L);
    assertThat(usage("hash")).isBetween(80_000L, 200_000L);
    assertThat(usage("stream")).isBetween(50_000L, 120_000L);
    assertThat(usage("list")).isBetween(50_000L, 90_000L);
    assertThat(client.line("MEMORY USAGE strings SAMPLES 0")).startsWith(":");
  }

  private long usage(String key) {
    return Long.parseLong(client.text("MEMORY", "USAGE", key));
  }

  @Test
  void memoryOfTheNodeIsToldInRedisFields() {
    client.line("SET k v");
    assertThat(client.reply("MEMORY", "STATS").asMap().keySet())
        .hasSize(28)
        .contains("peak.allocated", "db.0", "keys.count", "dataset.bytes", "fragmentation");
    assertThat(client.reply("MEMORY", "STATS").field("keys.count").text()).isEqualTo("1");
    assertThat(client.text("MEMORY", "DOCTOR")).endsWith("\n");
    assertThat(client.line("MEMORY PURGE")).isEqualTo("+OK\r\n");
    assertThat(client.text("MEMORY", "MALLOC-STATS")).isNotEmpty();
    assertThat(client.texts("MEMORY", "HELP")).contains("USAGE <key> [SAMPLES <count>]");
  }
}
