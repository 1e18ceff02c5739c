package io.slotcast.broker.keyspace.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values are built by the same commands on a real redis-server and on a node of ours, dumped by
 * both, and restored by the other: nothing may get lost on the way, and where Redis' bytes follow
 * from the commands alone ours are the same.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DumpOracleTest {
  /** How many blocks a stream has, one, its first id, and its entries: 1-1 with f and v. */
  private static final String BLOCK =
      "01 10 0000000000000001 0000000000000001 1d "
          + "1d000000 0a00 0101 0001 0101 816602 0001 0201 0001 0001 817602 0401 ff";

  private static final String MAX = "18446744073709551615";
  private static final String HEAD = "head-of-64-".repeat(6);

  private OracleNode oracle;
  private SingleNode node;
  private RespConnection redis;
  private RespConnection ours;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeThat(OracleNode.isInstalled()).isTrue();
    oracle = OracleNode.start(folder);
    node = SingleNode.start();
    redis = oracle.connect();
    ours = node.connect();
  }

  @AfterAll
  void stop() {
    if (oracle != null) {
      oracle.close();
      node.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET k v|SET k |SET k 0|SET k -1|SET k 127|SET k 128|SET k -128|SET k -129|SET k 32767",
        "SET k 32768|SET k -32768|SET k -32769|SET k 2147483647|SET k 2147483648|SET k -2147483648",
        "SET k -2147483649|SET k 9223372036854775807|SET k -9223372036854775808|SET k 007|SET k -0",
        "SET k +1|SET k 1.5|SET k 9223372036854775808|SET k 12345678901|SET k 123456789012|INCR k",
        "APPEND k 1|APPEND k 2|INCRBY k 1000|SET k aaaaaaaaaaaaaaaaaaaa|SET k aaaaaaaaaaaaaaaaaaaaa",
        "SET k x*63|SET k x*64|SET k x*16383|SET k x*16384|SET k x*70000|SET k abc*21|SET k abcd*9000",
        "RPUSH l a|RPUSH l b 1 -1 127 128 4095 4096 -4096 -4097|LPUSH l 32767 32768 8388607 8388608",
        "RPUSH l 2147483647 2147483648 9223372036854775807 -9223372036854775808 x*63 x*64 x*4095 x*4096",
        "RPUSH l  |RPUSH l 01 +1 -0 1e3|LPOP l|RPOP l|LSET l 0 new|LINSERT l BEFORE new x*100",
        "RPUSH l x*9000|RPUSH l a|RPUSH l y*9000|RPUSH l b c",
        "SADD s 1|SADD s 2 3 -5|SADD s 40000|SADD s 5000000000|SREM s 5000000000|SREM s 1",
        "SADD s a|SREM s a|SADD s 7",
        "HSET h f v|HSET h f 1 g 2 h -3|HSET h f 4095|HSET h g x*64|HDEL h f",
        "ZADD z 1 a 2 b|ZADD z 1.5 c -3 d|ZADD z 0.1 e 1e100 f|ZADD z inf g -inf h|ZADD z -0 i 0 j",
        "ZADD z 9007199254740993 a 9223372036854775807 b -9223372036854775808 c|ZADD z 1e17 d 1e16 e",
        "ZADD z 4611686018427387904 a 4611686018427387905 b 3.0000000000000004 c|ZADD z 5e-324 d",
        "ZADD z 1.7976931348623157e308 a 0.00001 b 123456.789 c 1e-5 d|ZADD z 100 5 200 x*64|ZREM z 5",
        "XADD x 1-1 f v|XADD x 1-2 f w|XADD x 2-1 g 1 h 2|XDEL x 1-2|XADD x 5-MAX f v|XDEL x 5-MAX",
        "XADD x 18446744073709551614-0 f v|XGROUP CREATE x g 0|XGROUP CREATE x h $ ENTRIESREAD 7",
        "XADD x 7-7 f v|XDEL x 7-7|XGROUP CREATE x g 0|XSETID x 9-9 ENTRIESADDED 5 MAXDELETEDID 8-8",
        "XGROUP CREATE x empty $ MKSTREAM|XADD x 3-3 a b*300|XTRIM x MAXLEN 0|XADD x 3-4 1 2 3 4",
      })
  void theSameBytesWhereverRedisHasNoChoice(String scenario) {
    for (String compression : List.of("no", "yes")) {
      both("FLUSHALL");
      both("CONFIG", "SET", "rdbcompression", compression);
      for (String command : scenario.replaceAll("\\bMAX\\b", MAX).split("\\|", -1)) {
        String[] words = words(command);
        both(words);
        String key = words[0].equals("XGROUP") ? words[2] : words[1];
        assertThat(dump(ours, key)).as(command).isEqualTo(dump(redis, key));
        assertMoves(key);
      }
    }
  }

  @Test
  void longListsAreDividedAsRedisDividesThem() {
    for (String size : List.of("-2", "-1", "-5", "3", "128", "0", "100000")) {
      both("FLUSHALL");
      both("CONFIG", "SET", "list-max-listpack-size", size);
      for (int i = 0; i < 1500; i++) {
        both("RPUSH", "l", "element-" + "x".repeat(i % 70) + i);
        both("RPUSH", "l", Integer.toString(i * 1000));
      }
      assertThat(dump(ours, "l")).as(size).isEqualTo(dump(redis, "l"));
      assertMoves("l");
    }
    both("CONFIG", "SET", "list-max-listpack-size", "-2");
  }

  @Test
  void streamsOfManyBlocksWithGroupsAndPendingEntriesMove() {
    both("FLUSHALL");
    for (int i = 1; i <= 1000; i++) {
      both("XADD", "x", i + "-" + i % 7, i % 11 == 0 ? "other" : "field", HEAD + i, "n", "" + i);
    }
    assertThat(dump(ours, "x")).isEqualTo(dump(redis, "x"));
    both("XTRIM", "x", "MAXLEN", "~", "900");
    both("XDEL", "x", "500-3", "501-4", "200-4");
    both("XGROUP", "CREATE", "x", "g1", "0");
    both("XGROUP", "CREATE", "x", "g2", "300");
    both("XREADGROUP", "GROUP", "g1", "alice", "COUNT", "250", "STREAMS", "x", ">");
    both("XREADGROUP", "GROUP", "g1", "bob", "COUNT", "50", "STREAMS", "x", ">");
    both("XREADGROUP", "GROUP", "g2", "eve", "COUNT", "10", "STREAMS", "x", ">");
    both("XCLAIM", "x", "g1", "bob", "0", "120-1", "130-4", "RETRYCOUNT", "99");
    both("XACK", "x", "g1", "150-3", "151-4");
    both("XDEL", "x", "160-6");
    assertMoves("x");
  }

  @Test
  void tablesMove() {
    both("FLUSHALL");
    for (int i = 0; i < 1000; i++) {
      both("SADD", "strings", "member " + i);
      both("SADD", "integers", "" + i * 77);
      both("HSET", "h", "field " + i, "" + i);
      both("ZADD", "z", i * 0.7 + "", "member " + i);
    }
    assertThat(dump(ours, "z")).isEqualTo(dump(redis, "z"));
    both("HSET", "long", "f", "x".repeat(65), "g", "1");
    for (String key : List.of("strings", "integers", "h", "long", "z")) {
      assertMoves(key);
    }
  }

  @Test
  void whatIsBuiltAtRandomMoves() {
    Random random = new Random(20261121);
    for (int round = 0; round < 150; round++) {
      both("FLUSHALL");
      int writes = 1 + random.nextInt(60);
      for (int i = 0; i < writes; i++) {
        both(randomWrite(random, round % 6, i));
      }
      assertMoves("k");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "00 c0 05",
        "00 c4 05",
        "00 80 00000001 61",
        "00 81 0000000000000001 61",
        "00 82 61",
        "00 c3 09 40 64 01 61 61 e0 57 00 01 61 61",
        "00 c3 09 40 65 01 61 61 e0 57 00 01 61 61",
        "00 c3 02 01 00 61",
        "00 01 61 62 63",
        "00 81 7fffffffffffffff 61",
        // Lists: as strings, a ziplist, ziplists, listpacks.
        "01 03 01 61 01 62 c0 05",
        "01 00",
        "01 03 01 61",
        "0a 0f 0f000000 0c000000 0200 00f3 02f6 ff",
        "0a 0b 0b000000 0a000000 0000 ff",
        "0a 0f 0f000000 0c000000 0300 00f3 02f6 ff",
        "0a 0f 0f000000 0c000000 0200 00f3 03f6 ff",
        "0e 01 0f 0f000000 0c000000 0200 00f3 02f6 ff",
        "0e 00",
        "0e 01 0b 0b000000 0a000000 0000 ff",
        "12 01 02 07 07000000 0000 ff",
        "12 00",
        "12 01 01 01 61",
        "12 01 01 00",
        "12 01 03 01 61",
        "12 01 02 09 09000000 0100 05 01 ff",
        "12 01 02 09 08000000 0100 05 01 ff",
        // Sets: members, integers.
        "02 02 01 61 01 62",
        "02 02 01 61 01 61",
        "02 02 c0 01 c0 01",
        "02 00",
        "02 02 01 61",
        "0b 0c 02000000 02000000 0100 0200",
        "0b 0c 02000000 03000000 0100 0200",
        "0b 0c 03000000 02000000 0100 0200",
        "0b 08 02000000 00000000",
        "0b 04 02000000",
        // Hashes: as strings, a zipmap, a ziplist, a listpack.
        "04 01 01 66 01 76",
        "04 02 01 66 01 76 01 66 01 77",
        "04 00",
        "04 01 01 66",
        "09 18 02 03666f6f 03 00 626172 05 68656c6c6f 05 00 776f726c64 ff",
        "09 1a 02 03666f6f 03 02 626172 0000 05 68656c6c6f 05 00 776f726c64 ff",
        "09 18 02 03666f6f 03 00 626172 05 68656c6c6f 05 01 776f726c64 ff",
        "09 02 00 ff",
        "0d 0f 0f000000 0c000000 0200 00f3 02f6 ff",
        "0d 0b 0b000000 0a000000 0000 ff",
        "0d 0d 0d000000 0a000000 0100 00f3 ff",
        "10 0b 0b000000 0200 05 01 06 01 ff",
        "10 07 07000000 0000 ff",
        "10 0f 0f000000 0400 05 01 06 01 05 01 07 01 ff",
        "10 09 09000000 0100 05 01 ff",
        // Sorted sets: the oldest form, doubles, a ziplist, a listpack.
        "03 02 01 61 01 35 01 62 03 312e35",
        "03 02 01 61 fe 01 62 ff",
        "03 01 01 61 fd",
        "03 01 01 61 01 35 01 61 01 36",
        "05 02 01 61 000000000000f03f 01 62 000000000000e0bf",
        "05 01 01 61 000000000000f87f",
        "05 02 01 61 000000000000f03f 01 61 000000000000e0bf",
        "05 00",
        "0c 0f 0f000000 0c000000 0200 00f3 02f6 ff",
        "11 0b 0b000000 0200 05 01 06 01 ff",
        "11 09 09000000 0100 05 01 ff",
        "11 07 07000000 0000 ff",
        // Streams, of the oldest form and the newer.
        "0f BLOCK 01 01 01 00",
        "0f BLOCK 01 01 01 01 01 67 01 01 00 00",
        "0f BLOCK 01 05 05 00",
        "13 BLOCK 01 01 01 01 01 00 00 01 00",
        "13 BLOCK 01 05 05 01 01 03 03 09 00",
        "0f 00 01 05 03 00",
        "13 00 00 05 03 00 00 00 00 07 00",
        "13 00 00 05 03 00 00 00 00 07",
        "13 00 00 05 03 00 00 00 00 07 02 01 67 02 00 00 00 00 01 67 02 00 00 00 00",
        "13 00 00 05 03 00 00 00 00 07 01 01 67 02 00 00 00 01 01 63 0100000000000000 00",
        // No value at all.
        "ff",
        "08 00",
        "16 00",
        "7f",
      })
  void payloadsOfOldVersionsAndBrokenOnesAreTakenAlike(String hex) {
    both("FLUSHALL");
    redis.call("CONFIG", "SET", "sanitize-dump-payload", "yes");
    String payload = Payloads.text(Payloads.of(hex.replace("BLOCK", BLOCK)));

    String reply = ours.call("RESTORE", "k", "0", payload);

    assertThat(reply).isEqualTo(redis.call("RESTORE", "k", "0", payload));
    if (reply.startsWith("+")) {
      assertThat(contents(ours, "k")).isEqualTo(contents(redis, "k"));
      assertThat(ours.line("OBJECT ENCODING k")).isEqualTo(redis.line("OBJECT ENCODING k"));
    }
  }

  private static String[] randomWrite(Random random, int type, int i) {
    String element = element(random);
    return switch (type) {
      case 0 -> new String[] {"APPEND", "k", element};
      case 1 ->
          random.nextInt(4) == 0
              ? new String[] {random.nextBoolean() ? "LPOP" : "RPOP", "k"}
              : new String[] {random.nextBoolean() ? "LPUSH" : "RPUSH", "k", element};
      case 2 -> new String[] {random.nextInt(4) == 0 ? "SREM" : "SADD", "k", element};
      case 4 ->
          new String[] {
            "ZADD", "k", Double.toString(random.nextGaussian() * random.nextInt(1000)), element
          };
      case 3 -> new String[] {"HSET", "k", element, element(random)};
      default ->
          random.nextInt(4) == 0
              ? new String[] {"XDEL", "k", random.nextInt(i + 1) + "-1"}
              : new String[] {"XADD", "k", (i + 1) + "-1", element(random), element};
    };
  }

  private static String element(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
      case 1 -> Integer.toString(random.nextInt(100));
      case 2 -> Character.toString(random.nextInt(256)).repeat(random.nextInt(300));
      default -> {
        byte[] bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        yield new String(bytes, StandardCharsets.ISO_8859_1);
      }
    };
  }

  /** The key's value goes from each server to the other, and is the same there. */
  private void assertMoves(String key) {
    if (redis.line("EXISTS " + key).equals(":0\r\n")) {
      return;
    }
    String copy = "copy";
    ours.call("DEL", copy);
    redis.call("DEL", copy);
    assertThat(ours.call("RESTORE", copy, "0", dump(redis, key))).isEqualTo("+OK\r\n");
    assertThat(redis.call("RESTORE", copy, "0", dump(ours, key))).isEqualTo("+OK\r\n");
    assertThat(contents(ours, copy)).isEqualTo(contents(redis, key));
    assertThat(contents(redis, copy)).isEqualTo(contents(ours, key));
    assertThat(dump(ours, copy).length()).isGreaterThan(10);
    String again = dump(ours, key);
    assertThat(ours.call("RESTORE", copy, "0", again, "REPLACE")).isEqualTo("+OK\r\n");
    assertThat(contents(ours, copy)).isEqualTo(contents(ours, key));
  }

  private static String contents(RespConnection server, String key) {
    String type = server.text("TYPE", key);
    return switch (type) {
      case "string" -> server.call("GET", key);
      case "list" -> server.call("LRANGE", key, "0", "-1");
      case "set" -> server.texts("SMEMBERS", key).stream().sorted().toList().toString();
      case "hash" -> pairs(server.texts("HGETALL", key)).toString();
      case "zset" -> server.call("ZRANGE", key, "0", "-1", "WITHSCORES");
      case "stream" ->
          server.call("XRANGE", key, "-", "+") + server.call("XINFO", "STREAM", key, "FULL");
      default -> throw new IllegalStateException(type);
    };
  }

  private static List<String> pairs(List<String> words) {
    return IntStream.range(0, words.size() / 2)
        .mapToObj(i -> words.get(2 * i) + "\0" + words.get(2 * i + 1))
        .sorted()
        .toList();
  }

  private static String dump(RespConnection server, String key) {
    return server.text("DUMP", key);
  }

  private void both(String... words) {
    redis.call(words);
    ours.call(words);
  }

  /** Words between spaces; {@code x*9} stands for nine times x. */
  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      int times = word.indexOf('*');
      words.add(
          times < 0
              ? word
              : word.substring(0, times).repeat(Integer.parseInt(word.substring(times + 1))));
    }
    return words.toArray(String[]::new);
  }
}
