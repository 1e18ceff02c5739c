package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random commands on few keys of all types: each is answered byte for byte as a real Redis 7.0
 * answers it, and in the end each key has the same content, and the same DUMP where its order is
 * not left to chance.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RandomOracleTest {
  private static final int COMMANDS = 3_000;
  private static final List<String> KEYS =
      List.of("{t}a", "{t}b", "{t}c", "{t}d", "{t}e", "{t}f", "{t}g", "{t}h");

  /** The encodings in whose DUMP nothing is left to chance; sorted sets are read whole. */
  private static final Set<String> ORDERED =
      Set.of("int", "embstr", "raw", "quicklist", "listpack", "intset");

  private OracleNode redisNode;
  private SingleNode node;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeThat(OracleNode.isInstalled()).isTrue();
    redisNode = OracleNode.start(folder);
    node = SingleNode.start();
  }

  @AfterAll
  void stop() {
    if (redisNode != null) {
      redisNode.close();
      node.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "11, 2", "12, 3", "13, 2", "14, 3", "15, 2", "16, 3", "17, 2", "18, 3", "19, 2", "20, 3",
    "21, 2", "22, 3"
  })
  void repliesAndKeysAreTheSame(long seed, int protocol) {
    RespConnection redis = redisNode.connect();
    RespConnection ours = node.connect();
    for (RespConnection each : List.of(redis, ours)) {
      each.line("HELLO " + protocol);
      each.line("FLUSHALL");
    }
    Commands commands = new Commands(new RandomWords(new Random(seed)));
    List<String> done = new ArrayList<>();
    for (int i = 0; i < COMMANDS; i++) {
      String command = commands.next();
      done.add(command);
      assertThat(reply(ours, command))
          .as(() -> "seed %s, the last of %s".formatted(seed, onTheSameKeys(command, done)))
          .isEqualTo(reply(redis, command));
    }
    for (String key : KEYS) {
      assertThat(content(ours, key)).as("seed %s, %s", seed, key).isEqualTo(content(redis, key));
    }
  }

  /** The few commands before it that named one of its keys, and itself. */
  private static List<String> onTheSameKeys(String command, List<String> done) {
    List<String> keys = KEYS.stream().filter(command::contains).toList();
    List<String> related =
        done.stream().filter(each -> keys.stream().anyMatch(each::contains)).toList();
    return related.subList(Math.max(related.size() - 8, 0), related.size());
  }

  /** The reply, without the encodings in which the two differ on purpose. */
  private static String reply(RespConnection of, String command) {
    String reply = of.line(command);
    return command.startsWith("OBJECT ENCODING ")
        ? reply.replace("$3\r\nint", "$6\r\nembstr").replace("skiplist", "listpack")
        : reply;
  }

  private static String content(RespConnection of, String key) {
    String type = of.call("TYPE", key).strip();
    String encoding = of.text("OBJECT", "ENCODING", key);
    String expiry = of.call("PEXPIRETIME", key);
    String inside =
        switch (type) {
          case "+set" -> new TreeSet<>(of.texts("SMEMBERS", key)).toString();
          case "+hash" -> pairs(of.texts("HGETALL", key)).toString();
          case "+zset" -> of.call("ZRANGE", key, "0", "-1", "WITHSCORES");
          case "+stream" ->
              of.call("XRANGE", key, "-", "+")
                  + of.call("XINFO", "GROUPS", key)
                  + of.call("XPENDING", key, "g");
          default -> "";
        };
    return type
        + expiry
        + inside
        + (ORDERED.contains(encoding) && !type.equals("+zset") ? of.call("DUMP", key) : "");
  }

  private static Map<String, String> pairs(List<String> alternating) {
    Map<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < alternating.size(); i += 2) {
      pairs.put(alternating.get(i), alternating.get(i + 1));
    }
    return pairs;
  }

  /** Makes them up; a key's type changes when it is removed or written over. */
  private record Commands(RandomWords words) {
    String next() {
      return switch (words.number(0, 6)) {
        case 0 -> string();
        case 1 -> list();
        case 2 -> set();
        case 3 -> hash();
        case 4 -> sortedSet();
        case 5 -> stream();
        default -> any();
      };
    }

    private String string() {
      return switch (words.number(0, 13)) {
        case 0, 1 -> "SET " + key() + " " + value() + some("XX", "NX", "GET", "KEEPTTL");
        case 2 -> one("INCR ", "DECR ") + key();
        case 3 -> one("INCRBY ", "DECRBY ") + key() + " " + integer();
        case 4 -> "INCRBYFLOAT " + key() + " " + one("1.5", "-0.25", "1e3", "x", "inf", "3");
        case 5 -> "APPEND " + key() + " " + value();
        case 6 -> one("GETRANGE ", "SUBSTR ") + key() + " " + place() + " " + place();
        case 7 -> "SETRANGE " + key() + " " + words.number(-1, 90) + " " + value();
        case 8 -> one("STRLEN ", "GET ", "GETDEL ") + key();
        case 9 -> one("GETSET ", "SETNX ") + key() + " " + value();
        case 10 -> "MSET " + key() + " " + value() + " " + key() + " " + value();
        case 11 -> one("MGET ", "LCS ") + key() + " " + key();
        case 12 -> "GETEX " + key() + one("", " PERSIST", " PXAT 99999999999999", " PX 0");
        default -> "SET " + key() + " " + value() + " PXAT " + words.number(1, 9) + "9999999999999";
      };
    }

    private String list() {
      return switch (words.number(0, 13)) {
        case 0, 1 -> one("LPUSH ", "RPUSH ") + key() + " " + value() + " " + value();
        case 2 -> one("LPUSHX ", "RPUSHX ") + key() + " " + value();
        case 3 -> one("LPOP ", "RPOP ") + key() + one("", " 2", " 0", " -1");
        case 4 -> "LRANGE " + key() + " " + place() + " " + place();
        case 5 -> "LINDEX " + key() + " " + place();
        case 6 -> "LSET " + key() + " " + place() + " " + value();
        case 7 -> "LINSERT " + key() + one(" BEFORE ", " AFTER ") + value() + " " + value();
        case 8 -> "LREM " + key() + " " + words.number(-2, 2) + " " + value();
        case 9 -> "LTRIM " + key() + " " + place() + " " + place();
        case 10 -> "LPOS " + key() + " " + value() + one("", " COUNT 0", " RANK -1", " MAXLEN 3");
        case 11 -> "LMOVE " + key() + " " + key() + one(" LEFT", " RIGHT") + one(" LEFT", " RIGHT");
        case 12 -> "LMPOP 2 " + key() + " " + key() + one(" LEFT", " RIGHT") + one("", " COUNT 3");
        default -> "LLEN " + key();
      };
    }

    private String set() {
      return switch (words.number(0, 8)) {
        case 0, 1, 2 -> "SADD " + key() + " " + member() + " " + member();
        case 3 -> "SREM " + key() + " " + member() + " " + member();
        case 4 -> "SMISMEMBER " + key() + " " + member() + " " + member();
        case 5 -> "SMOVE " + key() + " " + key() + " " + member();
        case 6 ->
            one("SINTERSTORE ", "SUNIONSTORE ", "SDIFFSTORE ") + key() + " " + key() + " " + key();
        case 7 -> "SINTERCARD 2 " + key() + " " + key() + one("", " LIMIT 1", " LIMIT -1");
        default -> one("SCARD " + key(), "SISMEMBER " + key() + " " + member());
      };
    }

    private String hash() {
      return switch (words.number(0, 7)) {
        case 0, 1 -> one("HSET ", "HMSET ") + key() + " " + member() + " " + value();
        case 2 -> "HSETNX " + key() + " " + member() + " " + value();
        case 3 -> "HDEL " + key() + " " + member() + " " + member();
        case 4 -> "HMGET " + key() + " " + member() + " " + member();
        case 5 -> "HINCRBY " + key() + " " + member() + " " + integer();
        case 6 -> "HINCRBYFLOAT " + key() + " " + member() + " " + one("0.5", "-3", "nan", "1e400");
        default -> one("HLEN " + key(), "HSTRLEN " + key() + " " + member());
      };
    }

    private String sortedSet() {
      return switch (words.number(0, 6)) {
        case 0, 1 -> "ZADD " + key() + some("NX", "GT", "CH") + " " + score() + " " + member();
        case 2 -> "ZINCRBY " + key() + " " + score() + " " + member();
        case 3 -> "ZREM " + key() + " " + member();
        case 4 -> "ZRANGE " + key() + " " + place() + " " + place() + some("REV", "WITHSCORES");
        case 5 -> "ZUNIONSTORE " + key() + " 2 " + key() + " " + key();
        default -> one("ZPOPMIN ", "ZPOPMAX ", "ZCARD ") + key();
      };
    }

    private String stream() {
      return switch (words.number(0, 13)) {
        case 0, 1, 2 -> "XADD " + key() + trimmed() + " " + id() + " f " + value();
        case 3 -> "XRANGE " + key() + one(" - +", " (3 5", " 2 + COUNT 2");
        case 4 -> "XREVRANGE " + key() + one(" + -", " 5 (3", " + 2 COUNT 2");
        case 5 -> "XDEL " + key() + " " + id() + " " + id();
        case 6 -> "XTRIM " + key() + one(" MAXLEN 3", " MINID 4", " MAXLEN = 5", " MAXLEN -1");
        case 7 -> "XGROUP CREATE " + key() + " g " + one("0", "$", "3") + some("MKSTREAM");
        case 8, 9 ->
            "XREADGROUP GROUP g "
                + one("c1", "c2")
                + one("", " COUNT 2")
                + some("NOACK")
                + " STREAMS "
                + key()
                + one(" >", " >", " 0");
        case 10 -> "XACK " + key() + " g " + id() + " " + id();
        case 11 -> "XCLAIM " + key() + " g c2 0 " + id() + some("JUSTID", "FORCE");
        case 12 -> one("XLEN ", "XINFO GROUPS ") + key();
        default -> one("XPENDING " + key() + " g", "XREAD COUNT 2 STREAMS " + key() + " 2");
      };
    }

    private String any() {
      return switch (words.number(0, 11)) {
        case 0, 1, 2, 3 -> one("DEL ", "UNLINK ") + key();
        case 4 -> one("TYPE ", "EXISTS ", "PERSIST ", "PEXPIRETIME ") + key();
        case 5 -> "OBJECT ENCODING " + key();
        case 6 -> "PEXPIREAT " + key() + one(" 99999999999999", " 1") + some("NX", "XX", "GT");
        case 7 -> one("RENAME ", "RENAMENX ") + key() + " " + key();
        case 8 -> "COPY " + key() + " " + key() + some("REPLACE");
        case 9 -> "SORT " + key() + some("ALPHA", "DESC") + one("", " LIMIT 1 2");
        case 10 -> "SORT " + key() + " ALPHA STORE " + key();
        default -> "TOUCH " + key() + " " + key();
      };
    }

    private String key() {
      return KEYS.get(words.number(0, KEYS.size() - 1));
    }

    private String value() {
      return switch (words.number(0, 5)) {
        case 0 -> "v" + words.number(0, 20);
        case 1 -> one("x".repeat(63), "x".repeat(64), "x".repeat(65), "y".repeat(300));
        default -> integer();
      };
    }

    private String member() {
      return words.number(0, 3) == 0 ? "m" + words.number(0, 9) : integer();
    }

    private String integer() {
      return words.number(0, 15) > 0
          ? Integer.toString(words.number(-5, 40))
          : one("9223372036854775807", "-9223372036854775808", "70000", "-1");
    }

    private String score() {
      return one("1", "2.5", "-3", "inf", "0.1", "1e20", Integer.toString(words.number(0, 99)));
    }

    private String place() {
      return Integer.toString(words.number(-7, 7));
    }

    private String id() {
      return words.number(1, 60) + "-" + words.number(0, 2);
    }

    private String trimmed() {
      return one("", "", " NOMKSTREAM", " MAXLEN 5", " MINID 2");
    }

    private String one(String... from) {
      return words.one(from);
    }

    private String some(String... from) {
      return words.some(from);
    }
  }
}
