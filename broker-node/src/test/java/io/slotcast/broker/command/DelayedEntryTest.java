package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delayed entries, which no Redis has: docs/adr/0009 says what is expected. */
class DelayedEntryTest {
  private static final String LONG = "100000";

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

  private static long millis(String id) {
    return Long.parseLong(id.substring(0, id.indexOf('-')));
  }

  private String info(String field) {
    return client.reply("XINFO", "STREAM", "s").field(field).text();
  }

  @Test
  void nobodySeesAnEntryBeforeItIsDue() {
    long before = System.currentTimeMillis();
    String id = client.text("XADD", "s", "DELAY", LONG, "*", "f", "v");
    assertThat(millis(id) - before).isBetween(99_900L, 110_000L);
    assertThat(client.line("XLEN s")).isEqualTo(":0\r\n");
    assertThat(client.line("XRANGE s - +")).isEqualTo("*0\r\n");
    assertThat(client.line("XREAD STREAMS s 0")).isEqualTo("*-1\r\n");
    client.line("XGROUP CREATE s g 0");
    assertThat(client.line("XREADGROUP GROUP g c STREAMS s >")).isEqualTo("*-1\r\n");
    assertThat(client.line("TYPE s")).isEqualTo("+stream\r\n");
    assertThat(info("delayed-entries")).isEqualTo("1");
    assertThat(info("next-due")).isEqualTo(Long.toString(millis(id)));
    String now = client.text("XADD", "s", "*", "f", "now");
    assertThat(millis(now)).isLessThan(millis(id));
    assertThat(client.line("XLEN s")).isEqualTo(":1\r\n");
  }

  @Test
  void waitingReadersAndConsumersGetItWhenItIsDue() {
    client.line("XGROUP CREATE s g 0 MKSTREAM");
    RespConnection reader = node.connect().send("XREAD BLOCK 0 STREAMS s $".split(" "));
    RespConnection consumer =
        node.connect().send("XREADGROUP GROUP g c BLOCK 0 STREAMS s >".split(" "));
    await().until(() -> client.text("INFO", "clients").contains("blocked_clients:2\r\n"));
    String id = client.text("XADD", "s", "DELAY", "60", "*", "f", "v");
    assertThat(reader.read()).contains(id);
    assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(millis(id));
    assertThat(consumer.read()).contains(id);
    assertThat(client.line("XINFO STREAM s")).doesNotContain("delayed-entries", "next-due");
  }

  @Test
  void whoListensToKeysIsToldWhenItIsDue() {
    client.line("CONFIG SET notify-keyspace-events KEt");
    RespConnection listener = node.connect();
    listener.line("SUBSCRIBE __keyevent@0__:xadd");
    String id = client.text("XADD", "s", "DELAY", "60", "*", "f", "v");
    assertThat(listener.read()).contains("message", "$1\r\ns\r\n");
    assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(millis(id));
  }

  @Test
  void entriesComeInTheOrderInWhichTheyAreDue() {
    long base = System.currentTimeMillis() + 700;
    client.line("XADD s AT " + (base + 20) + " * n 3");
    client.line("XADD s AT " + base + " * n 1");
    client.line("XADD s AT " + base + " * n 2");
    client.line("XADD s AT 1 * n 0");
    await().until(() -> client.line("XLEN s").equals(":4\r\n"));
    List<String> read =
        client.reply("XRANGE", "s", "-", "+").elements().stream()
            .map(entry -> entry.elements().get(1).elements().get(1).text())
            .toList();
    assertThat(read).as("what is past is added at once").containsExactly("0", "1", "2", "3");
    assertThat(client.line("XRANGE s " + base + " " + base)).contains(base + "-0", base + "-1");
  }

  @Test
  void aDelayedEntryMovesWithItsKey() {
    client.line("XADD {s}1 DELAY 80 * f v");
    client.line("RENAME {s}1 {s}2");
    assertThat(client.line("XREAD BLOCK 0 STREAMS {s}2 0")).contains("$1\r\nv\r\n");
  }

  @Test
  void aDelayedEntryIsTakenBackByItsId() {
    String first = client.text("XADD", "s", "DELAY", LONG, "*", "f", "v");
    client.line("XADD s DELAY 1000000 * f w");
    assertThat(client.line("XDEL s " + first + " 9-9")).isEqualTo(":1\r\n");
    assertThat(client.line("XDEL s " + first)).isEqualTo(":0\r\n");
    assertThat(info("delayed-entries")).isEqualTo("1");
    assertThat(info("max-deleted-entry-id")).isEqualTo("0-0");
  }

  @Test
  void aStreamThatIsFurtherGivesTheNextIdInsteadOfThePromisedOne() {
    client.line("XADD s 9999999999999-5 f v");
    client.line("XADD s DELAY 20 * f late");
    assertThat(client.line("XREAD BLOCK 0 STREAMS s 9999999999999-5"))
        .contains("9999999999999-6", "late");
  }

  @Test
  void whatWasPromisedIsTakenBackNotWhatIsThere() {
    long due = System.currentTimeMillis() + 1_000_000;
    client.line("XADD s " + due + "-0 f visible");
    client.line("XADD s " + (due + 5) + "-0 f later");
    assertThat(client.text("XADD", "s", "AT", Long.toString(due), "*", "f", "v"))
        .as("the stream is further, so that this will not be its id")
        .isEqualTo(due + "-0");
    assertThat(client.line("XDEL s " + due + "-0")).isEqualTo(":1\r\n");
    assertThat(client.line("XRANGE s - +")).contains("visible");
    assertThat(client.line("XINFO STREAM s")).doesNotContain("delayed-entries");
    client.line("XADD s AT " + due + " " + due + "-1 f v");
    assertThat(client.line("XADD s AT " + due + " " + due + "-1 f v"))
        .isEqualTo("-ERR A delayed entry of that ID is there already\r\n");
  }

  @Test
  void aProducerThatDelaysIsToldThePromisedIdAgain() {
    String id = client.text("XADD", "s", "IDMP", "p", "i", "DELAY", LONG, "*", "f", "v");
    assertThat(client.text("XADD", "s", "IDMP", "p", "i", "DELAY", LONG, "*", "f", "v"))
        .isEqualTo(id);
    assertThat(info("delayed-entries")).isEqualTo("1");
  }

  @Test
  void argumentsAreChecked() {
    for (String[] wrong :
        new String[][] {
          {"XADD s DELAY x * f v", "ERR value is not an integer or out of range"},
          {"XADD s DELAY -1 * f v", "ERR DELAY is out of range"},
          {"XADD s DELAY 9223372036854775807 * f v", "ERR DELAY is out of range"},
          {"XADD s AT -1 * f v", "ERR AT is out of range"},
          {"XADD s DELAY 1 AT 1 * f v", "ERR DELAY/AT specified multiple times"},
          {"XADD s DELAY 1 1-1 f v", "ERR The ID of a delayed entry must begin with its due time"},
          {"XADD s AT 5 5-* f v", "ERR The ID of a delayed entry must begin with its due time"},
        }) {
      assertThat(client.line(wrong[0])).startsWith("-" + wrong[1]);
    }
    assertThat(client.line("EXISTS s")).isEqualTo(":0\r\n");
    assertThat(client.line("XADD s NOMKSTREAM DELAY 1 * f v")).isEqualTo("$-1\r\n");
  }

  @Test
  void effectsNameTheTimeAndWhatBecameVisible() {
    List<String> effects = new CopyOnWriteArrayList<>();
    node.recordEffects(
        (slot, words) ->
            effects.add(
                String.join(
                    " ",
                    Stream.of(words)
                        .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                        .toList())));
    String id = client.text("XADD", "s", "MAXLEN", "~", "5", "DELAY", "30", "*", "f", "v");
    client.line("XREAD BLOCK 0 STREAMS s 0");
    assertThat(effects)
        .containsExactly(
            "XADD s MAXLEN = 0 AT " + millis(id) + " " + id + " f v",
            "XDEL s " + id,
            "XADD s " + id + " f v");
    try (SingleNode copy = SingleNode.start()) {
      RespConnection replica = copy.connect();
      // A replica makes nothing visible by itself; within a transaction neither does this node.
      replica.line("MULTI");
      effects.forEach(replica::line);
      assertThat(replica.line("EXEC")).doesNotContain("-ERR");
      assertThat(replica.line("XRANGE s - +")).isEqualTo(client.line("XRANGE s - +"));
    }
  }
}
