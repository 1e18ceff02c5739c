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

/** Streams, byte for byte as a real Redis 7.0 answers, in RESP2 and RESP3. */
@TestInstance(Lifecycle.PER_CLASS)
class StreamsOracleTest {
  private static final String MAX = "18446744073709551615";

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
        "XADD s 1-1 f v|XADD s 1-1 f v|XADD s 1-* f v|XADD s 2 f v|XADD s 1 f v|XADD s 3-0 f v",
        "XADD s 0-0 f v|XADD s 0-* f v|XADD s 0-1 f v|XADD s 0 f v|EXISTS s|XADD t 0 f v|EXISTS t",
        "XADD s|XADD s *|XADD s * f|XADD s 1 f|XADD s 1 f v g|XADD s f v 1|XADD s MAXLEN 1 1-1 f",
        "XADD s - f v|XADD s + f v|XADD s $ f v|XADD s 1-1-1 f v|XADD s a f v|XADD s -1 f v",
        "XADD s 1-a f v|XADD s a-1 f v|XADD s 1-+2 f v|XADD s 007-1 f v|XADD s +8-1 f v",
        "XADD s 9--1 f v|XADD s 9--01 f v|XADD s 10- f v|XADD s -10 f v|XADD s  f v|XLEN s",
        "XADD s MAX-MAX f v|XADD s * f v|XADD s MAX-MAX f v|XADD s 1-* f v|XRANGE s - +|XLEN s",
        "XADD s MAX-1 f v|XADD s * f v|XADD s MAX-* f v|XADD s MAX f v|XRANGE s MAX +",
        "XADD s 18446744073709551616-0 f v|XADD s 1-18446744073709551616 f v|XADD s 5-MAX f v",
        "XADD s 5-MAX f v|XADD s 6-* f v|XADD s 6-* f v|XRANGE s 5 6|XRANGE s 5 5",
        "XADD s NOMKSTREAM 1-1 f v|EXISTS s|XADD s 1-1 f v|XADD s NOMKSTREAM 1-2 f v|XLEN s",
        "XADD s nomkstream maxlen 1 1-1 f v|XADD s 1-1 f v|XADD s NoMkStream MaxLen = 1 1-2 f v",
        "SET s v|XADD s 1-1 f v|XLEN s|XRANGE s - +|XDEL s 1|XTRIM s MAXLEN 1|XSETID s 1|XREAD STREAMS s 0",
        "XADD s MAXLEN a 1-1 f v|XADD s MAXLEN -1 1-1 f v|XADD s MAXLEN ~ -1 1-1 f v|EXISTS s",
        "XADD s MAXLEN 1 LIMIT 1 1-1 f v|XADD s MAXLEN = 1 LIMIT 1 1-1 f v|XADD s LIMIT 1 1-1 f v",
        "XADD s LIMIT 0 1-1 f v|XADD s MAXLEN 1 LIMIT 0 1-2 f v|XADD s MAXLEN ~ 1 LIMIT -1 1-3 f v",
        "XADD s MAXLEN ~ 1 LIMIT a 1-1 f v|XADD s MAXLEN 1 MINID 1 1-1 f v|XADD s MINID a 1-1 f v",
        "XADD s MINID - 1-1 f v|XADD s MINID 5 1-1 f v|XLEN s|EXISTS s|XADD s MAXLEN 0 1-2 f v|XLEN s",
        "XADD s MAXLEN ~ = 1-1 f v|XADD s MAXLEN ~|XADD s MAXLEN|XADD s MAXLEN = ~ 1 1-1 f v",
        "XADD s 1-1 a 1 b 2|XADD s 1-2 a 3 b 4|XADD s 1-3 b 1 a 2|XADD s 1-4 a 1|XRANGE s - +",
        "XADD s 1-1 1 1 2 2|XADD s 1-2 1 01 2 -5|XADD s 1-3 01 1 2 2|XADD s 1-4 1  2  |XRANGE s - +",
        // Ranges.
        "XRANGE s|XRANGE s -|XRANGE s - + COUNT|XRANGE s - + COUNT a|XRANGE s - + FOO 1|XRANGE s - +",
        "ADD|XRANGE s - + COUNT 0|XRANGE s - + COUNT -5|XRANGE s - + COUNT 1|XRANGE s - + COUNT 1 COUNT 2",
        "ADD|XRANGE s (1 +|XRANGE s (1-1 (3-1|XRANGE s 1-2 2|XRANGE s 2 2|XRANGE s (2 (2|XRANGE s + -",
        "ADD|XRANGE s (- +|XRANGE s - (+|XRANGE s ( +|XRANGE s (MAX-MAX +|XRANGE s - (0-0|XRANGE s - (0",
        "ADD|XREVRANGE s + -|XREVRANGE s + - COUNT 2|XREVRANGE s (3-1 (1-1|XREVRANGE s - +|XREVRANGE s 2 2",
        "ADD|XREVRANGE s (0-0 -|XREVRANGE s + (MAX-MAX|XREVRANGE s a b|XREVRANGE s|XREVRANGE t + -",
        "ADD|XRANGE s a b|XRANGE s 1 b|XRANGE s 1- 2|XRANGE s 1-1-1 2|XRANGE s - + COUNT 9223372036854775808",
        // Deletion and trimming.
        "XDEL s|XDEL s 1|ADD|XDEL s 1-1 1-1 9-9|XDEL s a|XDEL s 1-2 a|XLEN s|XDEL s - |XDEL s 3 3-1|XLEN s",
        "ADD|XDEL s 1-1 1-2 2-1 3-1|XLEN s|EXISTS s|TYPE s|XRANGE s - +|XADD s 3-1 f v|XADD s 3-2 f v|XRANGE s - +",
        "XTRIM s MAXLEN 1|XTRIM s MAXLEN|XTRIM s FOO 1|XTRIM s 1 1|XTRIM s MAXLEN a|XTRIM s LIMIT 5",
        "ADD|XTRIM s MAXLEN 2|XRANGE s - +|XTRIM s MAXLEN 2|XTRIM s MAXLEN = 1|XTRIM s MAXLEN ~ 0|XLEN s|EXISTS s",
        "ADD|XTRIM s MINID 1-2|XTRIM s MINID 2-2|XTRIM s MINID = 3|XTRIM s MINID ~ 9|XTRIM s MINID 9|XLEN s",
        "ADD|XTRIM s MAXLEN 1 MINID 1|XTRIM s MAXLEN 1 LIMIT 1|XTRIM s MAXLEN ~ 0 LIMIT 3|XTRIM s MAXLEN ~ 0 LIMIT 4",
        "ADD|XTRIM s MAXLEN 1 NOMKSTREAM|XTRIM s MAXLEN 1 MAXLEN 2|XTRIM s LIMIT 1 MAXLEN ~ 1|XTRIM s MAXLEN -1",
        "MANY|XTRIM s MAXLEN ~ 105|XRANGE s - + COUNT 1|XTRIM s MAXLEN ~ 100|XLEN s|XTRIM s MAXLEN 99|XLEN s",
        "MANY|XTRIM s MAXLEN ~ 0 LIMIT 60|XLEN s|XTRIM s MINID ~ 70|XRANGE s - + COUNT 1|XTRIM s MINID 90|XLEN s",
        "MANY|XADD s MAXLEN ~ 150 999-1 f v|XLEN s|XADD s MINID ~ 160 999-2 f v|XLEN s|XDEL s 50 51 52|XLEN s",
        // XSETID.
        "XSETID s 1|XSETID s|XSETID s a|ADD|XSETID s 1-1|XSETID s 9-9|XADD s 9-* f v|XSETID s 99 FOO 1",
        "ADD|XSETID s 9 ENTRIESADDED 1|XSETID s 9 ENTRIESADDED 4|XSETID s 9 ENTRIESADDED -1|XSETID s 9 ENTRIESADDED a",
        "ADD|XSETID s 9 MAXDELETEDID 10|XSETID s 9 MAXDELETEDID 8 ENTRIESADDED 77|XSETID s 7|XSETID s 8 MAXDELETEDID a",
        "XADD s 1-1 f v|XDEL s 1-1|XSETID s 0-5|XSETID s 1-1 ENTRIESADDED 0|XSETID s 5 ENTRIESADDED 5 MAXDELETEDID",
        // XREAD.
        "XREAD|XREAD STREAMS|XREAD STREAMS s|XREAD STREAMS s 0|XREAD STREAMS s t 0|XREAD COUNT 1 STREAMS s $",
        "ADD|XREAD STREAMS s 0|XREAD COUNT 1 STREAMS s 0|XREAD COUNT 0 STREAMS s 2-1|XREAD COUNT -1 STREAMS s 2-1",
        "ADD|XREAD STREAMS s 3-1|XREAD STREAMS s $|XREAD STREAMS s 3|XREAD STREAMS s MAX-MAX|XREAD STREAMS s >",
        "ADD|XADD {s}2 5-5 f v|XREAD STREAMS s {s}2 2-1 5-4|XREAD STREAMS {s}2 {s}3 s 0 0 3-1|XREAD STREAMS s t 0 0",
        "ADD|XREAD COUNT a STREAMS s 0|XREAD BLOCK a STREAMS s 0|XREAD BLOCK -1 STREAMS s 0|XREAD BLOCK 10 STREAMS s 0",
        "ADD|XREAD GROUP g c STREAMS s 0|XREAD NOACK STREAMS s 0|XREAD FOO STREAMS s 0|XREAD STREAMS s a|XREAD STREAMS s -",
        "ADD|XREAD BLOCK 9223372036854775807 STREAMS s 0|XREAD BLOCK 1|XREAD COUNT|XREAD STREAMS s|XREAD COUNT 1 s 0",
        "SET {s}1 v|ADD|XREAD STREAMS s {s}1 0 0|XREAD STREAMS s {s}1 a 0",
        // Groups.
        "XGROUP CREATE s g 0|XGROUP CREATE s g $ MKSTREAM|XGROUP CREATE s g 0|EXISTS s|XLEN s|TYPE s|XINFO STREAM s",
        "XGROUP|XGROUP FOO|XGROUP CREATE|XGROUP CREATE s|XGROUP CREATE s g|XGROUP CREATE s g a MKSTREAM|EXISTS s",
        "XGROUP CREATE s g 0 FOO|XGROUP CREATE s g 0 ENTRIESREAD|XGROUP CREATE s g 0 ENTRIESREAD a MKSTREAM",
        "XGROUP CREATE s g 0 ENTRIESREAD -2 MKSTREAM|XGROUP CREATE s g 0 mkstream entriesread -1|XINFO GROUPS s",
        "XGROUP CREATE s g 0 MKSTREAM MKSTREAM|XGROUP CREATE s h 0 MKSTREAM MKSTREAM MKSTREAM MKSTREAM|XINFO GROUPS s",
        "SET s v|XGROUP CREATE s g 0|XGROUP DESTROY s g|XGROUP SETID s g 0|XINFO STREAM s|XACK s g 1|XPENDING s g",
        "XGROUP SETID s g 0|XGROUP DESTROY s g|XGROUP CREATECONSUMER s g c|XGROUP DELCONSUMER s g c|XGROUP DESTROY s",
        "ADD|XGROUP SETID s g 0|XGROUP DESTROY s g|XGROUP CREATECONSUMER s g c|XGROUP DELCONSUMER s g c",
        "ADD|XGROUP CREATE s g 0|XGROUP SETID s g 2-1|XINFO GROUPS s|XGROUP SETID s g $|XGROUP SETID s g - |XGROUP SETID s g -",
        "ADD|XGROUP CREATE s g 0|XGROUP SETID s g 1 ENTRIESREAD 2|XINFO GROUPS s|XGROUP SETID s g 1 MKSTREAM|XGROUP SETID s g +",
        "ADD|XGROUP CREATE s g 0|XGROUP CREATECONSUMER s g c|XGROUP CREATECONSUMER s g c|XGROUP DELCONSUMER s g c|XGROUP DELCONSUMER s g c",
        "ADD|XGROUP CREATE s b 0|XGROUP CREATE s a 3|XGROUP CREATE s aa 1-2|XINFO GROUPS s|XGROUP DESTROY s b|XGROUP DESTROY s b",
        "XREADGROUP GROUP g c STREAMS s >|ADD|XREADGROUP GROUP g c STREAMS s >|XREADGROUP STREAMS s > 1 2 3",
        "GROUPED|XREADGROUP GROUP g c COUNT 1 STREAMS s >|XREADGROUP GROUP g d STREAMS s >|XREADGROUP GROUP g d STREAMS s >|XINFO GROUPS s",
        "GROUPED|XREADGROUP GROUP g c NOACK STREAMS s >|XPENDING s g|XREADGROUP GROUP g c STREAMS s 0|XINFO GROUPS s",
        "GROUPED|XREADGROUP GROUP g c STREAMS s 0|XINFO CONSUMERS s h|XREADGROUP GROUP g c STREAMS s >|XREADGROUP GROUP g c COUNT 2 STREAMS s 1-1",
        "GROUPED|XREADGROUP GROUP g c STREAMS s >|XDEL s 1-2|XREADGROUP GROUP g c STREAMS s 0|XACK s g 1-1 1-2 9-9 1-1|XREADGROUP GROUP g c STREAMS s 0",
        "GROUPED|XREADGROUP GROUP g c STREAMS s $|XREADGROUP GROUP g c STREAMS s a|XREADGROUP GROUP g c STREAMS s|XREADGROUP GROUP g c STREAMS s t >",
        "GROUPED|XREADGROUP GROUP g c STREAMS s t > >|XREADGROUP GROUP h c STREAMS s >|XREADGROUP COUNT 1 BLOCK 1 STREAMS s >",
        "GROUPED|XREADGROUP GROUP g c STREAMS s MAX-MAX|XREADGROUP GROUP g c BLOCK 5 STREAMS s >|XREADGROUP GROUP g c FOO 1 STREAMS s >",
        "GROUPED|XGROUP CREATE s h 2|XREADGROUP GROUP h c STREAMS s >|XGROUP SETID s h 0|XREADGROUP GROUP h d STREAMS s >|XPENDING s h",
        "GROUPED|XREADGROUP GROUP g c COUNT 2 STREAMS s >|XREADGROUP GROUP g b STREAMS s >|XPENDING s g|XGROUP DELCONSUMER s g c|XPENDING s g",
        "XACK s g|XACK s g 1|ADD|XACK s g 1|XGROUP CREATE s g 0|XACK s g a|XACK s g 1 a|XACK s g 1-1",
        "XPENDING s|XPENDING s g|ADD|XPENDING s g|XGROUP CREATE s g 0|XPENDING s g|XPENDING s g - +|XPENDING s g - + a|XPENDING s g - + 1",
        "GROUPED|XPENDING s g IDLE 1 - +|XPENDING s g IDLE a - + 1|XPENDING s g IDLE 0 - + 10|XPENDING s g a + 1|XPENDING s g - + 1 c d e",
        "GROUPED|XREADGROUP GROUP g c STREAMS s >|XPENDING s g (MAX-MAX + 1|XPENDING s g - (0-0 1|XPENDING s g - + -1|XPENDING s g - + 10 x",
        "GROUPED|XREADGROUP GROUP g c STREAMS s >|XPENDING s g IDLE 100000 - + 10|XPENDING s g IDLE 100000 (1-1 3 10 c|XPENDING s g - + 10 c x y z",
        "XCLAIM s g c 0 1-1|ADD|XCLAIM s g c 0 1-1|GROUPED|XCLAIM s g c 0 1-1|XCLAIM s g c 0 1-1 FORCE JUSTID|XCLAIM s g d 0 1-1|XPENDING s g",
        "GROUPED|XCLAIM s g c a 1-1|XCLAIM s g c 0 1-1 FOO|XCLAIM s g c 0 1-1 IDLE|XCLAIM s g c 0 1-1 IDLE a|XCLAIM s g c 0 1-1 TIME a|XCLAIM s g c 0 1-1 RETRYCOUNT a",
        "GROUPED|XCLAIM s g c 0 FORCE|XCLAIM s g c 0 1-1 LASTID a|XCLAIM s g c 0 9-9 FORCE LASTID 2-1|XINFO GROUPS s|XCLAIM s g c -5 3-1 FORCE RETRYCOUNT 7 TIME 5",
        "GROUPED|XREADGROUP GROUP g c STREAMS s >|XCLAIM s g d 100000 1-1|XCLAIM s g d 0 1-1 IDLE 500000|XCLAIM s g e 100000 1-1 2-1|XPENDING s g",
        "GROUPED|XREADGROUP GROUP g c STREAMS s >|XDEL s 1-2|XCLAIM s g d 0 1-2 2-1 JUSTID|XPENDING s g|XCLAIM s g d 0 1-2 FORCE|XCLAIM s g c 0 3-1 3-1 JUSTID",
        "XAUTOCLAIM s g c 0 0|GROUPED|XAUTOCLAIM s h c 0 0|XAUTOCLAIM s g c a 0|XAUTOCLAIM s g c 0 a|XAUTOCLAIM s g c 0 0 COUNT 0|XAUTOCLAIM s g c 0 0 FOO",
        "GROUPED|XREADGROUP GROUP g c STREAMS s >|XAUTOCLAIM s g d 0 0 COUNT 2|XAUTOCLAIM s g d 0 2-1 COUNT 2 JUSTID|XAUTOCLAIM s g e 100000 - |XPENDING s g",
        "GROUPED|XREADGROUP GROUP g c STREAMS s >|XDEL s 1-1 2-1|XAUTOCLAIM s g d 0 (1-1 COUNT 1|XAUTOCLAIM s g d 0 -|XAUTOCLAIM s g d 100000 -|XPENDING s g",
        "GROUPED|XREADGROUP GROUP g c STREAMS s >|XAUTOCLAIM s g d 0 (MAX-MAX|XAUTOCLAIM s g d 0 0 COUNT a|XAUTOCLAIM s g d 0 0 COUNT|XAUTOCLAIM s g d -1 0 COUNT 9223372036854775807",
        // What XINFO tells.
        "XINFO|XINFO FOO|XINFO STREAM|XINFO STREAM s|XINFO GROUPS s|XINFO CONSUMERS s g|XINFO GROUPS|XINFO CONSUMERS s",
        "ADD|XINFO CONSUMERS s g|XINFO STREAM s FOO|XINFO STREAM s FULL COUNT|XINFO STREAM s FULL COUNT a|XINFO STREAM s FULL FOO 1|XINFO STREAM s FULL COUNT 1 1",
        "ADD|XINFO STREAM s|XINFO STREAM s FULL|XINFO STREAM s FULL COUNT 1|XINFO STREAM s FULL COUNT 0|XINFO STREAM s FULL COUNT -1|XDEL s 1-1 3-1|XINFO STREAM s",
        "MANY|XINFO STREAM s|XGROUP CREATE s g 50|XINFO GROUPS s|XREADGROUP GROUP g c COUNT 3 STREAMS s >|XINFO GROUPS s|XTRIM s MAXLEN 20|XINFO GROUPS s|XINFO STREAM s",
        "MANY|XGROUP CREATE s g 0|XREADGROUP GROUP g c COUNT 30 STREAMS s >|XDEL s 20|XINFO GROUPS s|XDEL s 100|XINFO GROUPS s|XREADGROUP GROUP g c COUNT 90 STREAMS s >|XINFO GROUPS s",
        "MANY|XGROUP CREATE s g $|XINFO GROUPS s|XADD s 999 a b|XINFO GROUPS s|XGROUP CREATE s h 999|XGROUP CREATE s i 5 ENTRIESREAD 5|XGROUP CREATE s j 99999|XINFO GROUPS s",
        "ADD|XGROUP CREATE s g 0|XDEL s 1-1 1-2 2-1 3-1|XINFO GROUPS s|XINFO STREAM s|XADD s 5 a b|XINFO GROUPS s|XREADGROUP GROUP g c STREAMS s >|XINFO GROUPS s",
        "ADD|XGROUP CREATE s g 0|XGROUP CREATE s h 1-1|XDEL s 1-2|XINFO GROUPS s|XREADGROUP GROUP h c COUNT 1 STREAMS s >|XREADGROUP GROUP g c COUNT 1 STREAMS s >|XINFO GROUPS s",
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

  /**
   * Each scenario begins without keys; a space at the end is an empty argument. ADD makes a small
   * stream, GROUPED one with a group, MANY one of several blocks. How long entries are idle is left
   * out of what is compared.
   */
  private static String replies(RespConnection connection, String scenario) {
    connection.call("FLUSHALL");
    StringBuilder replies = new StringBuilder();
    for (String command : scenario.replaceAll("\\bMAX\\b", MAX).split("\\|", -1)) {
      switch (command) {
        case "ADD" -> {
          for (String id : new String[] {"1-1", "1-2", "2-1", "3-1"}) {
            connection.call("XADD", "s", id, "f", "v" + id);
          }
        }
        case "GROUPED" -> {
          connection.call("DEL", "s");
          for (String id : new String[] {"1-1", "1-2", "2-1", "3-1"}) {
            connection.call("XADD", "s", id, "f", "v" + id);
          }
          connection.call("XGROUP", "CREATE", "s", "g", "0");
        }
        case "MANY" -> {
          for (int i = 1; i <= 210; i++) {
            connection.call("XADD", "s", Integer.toString(i), "field", "v".repeat(i % 130));
          }
        }
        default -> {
          String reply = connection.line(command);
          if (command.startsWith("XPENDING")) {
            reply = reply.replaceAll(":[0-9]{1,3}\r\n:", ":idle\r\n:");
          }
          replies.append(command).append(" -> ").append(reply);
        }
      }
    }
    return replies.toString();
  }
}
