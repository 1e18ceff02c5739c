package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams where Redis 7.0 is no oracle: what newer ones do, automatic ids, and effects. */
class StreamCommandTest {
  private SingleNode node;
  private RespConnection client;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    client = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aPlusReadsTheLastEntry() {
    client.line("XADD s 1-1 f v");
    client.line("XADD s 2-1 f v");
    assertThat(client.line("XREAD COUNT 5 STREAMS s +"))
        .isEqualTo(client.line("XREAD STREAMS s 1-1"));
    assertThat(client.line("XREAD STREAMS t +")).isEqualTo("*-1\r\n");
    client.line("XGROUP CREATE s g 0");
    assertThat(client.line("XREADGROUP GROUP g c STREAMS s +"))
        .startsWith("-ERR The + ID is meaningless in the context of XREADGROUP");
  }

  @Test
  void aMillisecondWhoseNumbersAreUsedUpTakesNoMore() {
    client.line("XADD s 5-18446744073709551615 f v");
    assertThat(client.line("XADD s 5-* f v"))
        .isEqualTo(
            "-ERR The ID specified in XADD is equal or smaller than the target stream top item\r\n");
    assertThat(client.line("XLEN s")).isEqualTo(":1\r\n");
  }

  @Test
  void whatDeletingDoesToPendingEntriesIsTheClientsChoice() {
    for (int i = 1; i <= 6; i++) {
      client.line("XADD s " + i + "-0 f v");
    }
    client.line("XGROUP CREATE s g 0");
    client.line("XGROUP CREATE s h 0");
    client.line("XREADGROUP GROUP g c COUNT 5 STREAMS s >");
    client.line("XREADGROUP GROUP h c COUNT 4 STREAMS s >");
    client.line("XACK s g 1-0 5-0");
    client.line("XACK s h 1-0");
    assertThat(client.line("XDELEX s ACKED IDS 4 1-0 2-0 5-0 9-0"))
        .as("5-0 was not read by h")
        .isEqualTo("*4\r\n:1\r\n:2\r\n:2\r\n:-1\r\n");
    assertThat(client.line("XDELEX s IDS 1 2-0")).isEqualTo("*1\r\n:1\r\n");
    assertThat(client.line("XPENDING s h 2 2 9")).startsWith("*1\r\n");
    assertThat(client.line("XDELEX s DELREF IDS 1 3-0")).isEqualTo("*1\r\n:1\r\n");
    assertThat(client.line("XPENDING s h 3 3 9")).isEqualTo("*0\r\n");
    assertThat(client.line("XACKDEL s g ACKED IDS 2 4-0 5-0")).isEqualTo("*2\r\n:2\r\n:-1\r\n");
    assertThat(client.line("XACKDEL s h ACKED IDS 1 4-0")).isEqualTo("*1\r\n:1\r\n");
    assertThat(client.line("XACKDEL s i IDS 1 4-0")).isEqualTo("*1\r\n:-1\r\n");
    assertThat(client.line("XDELEX t IDS 2 1 2")).isEqualTo("*2\r\n:-1\r\n:-1\r\n");
    assertThat(client.line("XLEN s")).isEqualTo(":2\r\n");
  }

  /** Redis 8.2's page of XTRIM, and the numbers of its public test of XADD with ACKED. */
  @Test
  void trimmingKeepsWhatAGroupNeedsIfAsked() {
    for (int i = 1; i <= 5; i++) {
      client.line("XADD s " + i + "-0 f v");
    }
    client.line("XGROUP CREATE s g 0");
    client.line("XADD s MAXLEN = 1 ACKED 6-0 f v");
    assertThat(client.line("XLEN s")).as("nothing was read").isEqualTo(":6\r\n");
    client.line("XREADGROUP GROUP g c COUNT 1 STREAMS s >");
    client.line("XACK s g 1-0");
    client.line("XADD s MAXLEN = 1 ACKED 7-0 f v");
    assertThat(client.line("XLEN s")).isEqualTo(":6\r\n");
    client.line("XREADGROUP GROUP g c COUNT 4 STREAMS s >");
    client.line("XACK s g 3-0 5-0");
    assertThat(client.line("XTRIM s MINID ACKED")).startsWith("-ERR Invalid stream ID");
    assertThat(client.line("XTRIM s ACKED MINID 5")).isEqualTo(":1\r\n");
    assertThat(client.line("XTRIM s MAXLEN ~ 0 ACKED")).isEqualTo(":1\r\n");
    assertThat(client.line("XTRIM s MAXLEN 3 DELREF KEEPREF")).isEqualTo("-ERR syntax error\r\n");
    assertThat(client.texts("XPENDING", "s", "g").getFirst()).isEqualTo("2");
    assertThat(client.line("XTRIM s MAXLEN 3")).isEqualTo(":1\r\n");
    assertThat(client.texts("XPENDING", "s", "g").getFirst()).isEqualTo("2");
    assertThat(client.line("XTRIM s MAXLEN 2 DELREF")).isEqualTo(":1\r\n");
    assertThat(client.texts("XPENDING", "s", "g").getFirst()).isEqualTo("1");
    assertThat(client.line("XLEN s")).isEqualTo(":2\r\n");
  }

  @Test
  void aListOfIdsSaysHowManyThereAre() {
    assertThat(client.line("XDELEX s IDS 0 1"))
        .contains("Number of IDs must be a positive integer");
    assertThat(client.line("XDELEX s IDS 2 1")).contains("must match the number of arguments");
    assertThat(client.line("XDELEX s FOO IDS 1 1")).isEqualTo("-ERR syntax error\r\n");
    assertThat(client.line("XACKDEL s g IDS 1 a")).startsWith("-ERR Invalid stream ID");
  }

  @Test
  void whoWatchesAStreamWatchesItsGroups() {
    client.line("XADD s 1-1 f v");
    client.line("XGROUP CREATE s g 0");
    client.line("WATCH s");
    node.connect().line("XREADGROUP GROUP g c STREAMS s >");
    client.line("MULTI");
    client.line("PING");
    assertThat(client.line("EXEC")).isEqualTo("*-1\r\n");
  }

  @Test
  void automaticIdsAscendWhateverTheClockSays() {
    String first = client.text("XADD", "s", "*", "f", "v");
    assertThat(Long.parseLong(first.substring(0, first.indexOf('-')))).isPositive();
    client.line("XADD s 9999999999999-7 f v");
    assertThat(client.text("XADD", "s", "*", "f", "v")).isEqualTo("9999999999999-8");
  }

  @Test
  void effectsAreExplicitAndGiveTheSameOnAnotherNode() {
    List<byte[][]> effects = new ArrayList<>();
    node.recordEffects((slot, words) -> effects.add(words.clone()));
    for (int i = 0; i < 300; i++) {
      client.line("XADD s MAXLEN ~ 150 * field value" + i);
    }
    client.line("XADD s NOMKSTREAM 9999999999999-* f v");
    client.line("XGROUP CREATE s g 0");
    client.line("XREADGROUP GROUP g c COUNT 20 STREAMS s >");
    client.line("XREADGROUP GROUP g d NOACK COUNT 5 STREAMS s >");
    client.line("XREADGROUP GROUP g c COUNT 3 STREAMS s 0");
    String deleted =
        client.reply("XRANGE", "s", "-", "+").elements().get(2).elements().get(0).text();
    client.line("XDEL s " + deleted);
    client.line("XAUTOCLAIM s g e 0 - COUNT 7");
    client.line("XTRIM s MAXLEN ~ 5");
    assertThat(effects)
        .flatExtracting(words -> Stream.of(words).map(StreamCommandTest::text).toList())
        .contains("XADD", "XCLAIM", "XTRIM", "SETID", "XACK")
        .doesNotContain("*", "~");
    try (SingleNode copy = SingleNode.start()) {
      RespConnection replica = copy.connect();
      for (byte[][] words : effects) {
        String[] texts = Stream.of(words).map(StreamCommandTest::text).toArray(String[]::new);
        assertThat(replica.call(texts)).doesNotStartWith("-");
      }
      for (String question : List.of("XRANGE s - +", "XINFO STREAM s", "XINFO GROUPS s")) {
        assertThat(replica.line(question)).isEqualTo(client.line(question));
      }
      assertThat(replica.line("XPENDING s g")).isEqualTo(client.line("XPENDING s g"));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
