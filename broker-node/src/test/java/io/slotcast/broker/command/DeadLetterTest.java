package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters, which no Redis has: docs/adr/0009 says what is expected. */
class DeadLetterTest {
  private SingleNode node;
  private RespConnection client;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    client = node.connect();
    client.line("XADD {s} 1-0 job a 7 8");
    client.line("XADD {s} 2-0 job b");
    client.line("XGROUP CREATE {s} g 0");
    client.line("XREADGROUP GROUP g c STREAMS {s} >");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void setDeadLetter(int deliveries) {
    assertThat(client.line("XGROUP SETDEADLETTER {s} g dead{s} " + deliveries))
        .isEqualTo("+OK\r\n");
  }

  private List<Reply> deadEntries() {
    return client.reply("XRANGE", "dead{s}", "-", "+").elements();
  }

  private List<String> letters() {
    return deadEntries().stream()
        .map(entry -> entry.elements().get(1).elements())
        .map(fields -> String.join(" ", fields.stream().map(Reply::text).toList()))
        .toList();
  }

  private static String letter(String id, String consumer, String deliveries, String elements) {
    return "origin-stream {s} origin-group g origin-id %s origin-consumer %s deliveries %s %s"
        .formatted(id, consumer, deliveries, elements);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XREADGROUP GROUP g c STREAMS {s} 0",
        "XREADGROUP GROUP g d CLAIM 0 STREAMS {s} >",
        "XCLAIM {s} g d 0 1-0 2-0",
        "XAUTOCLAIM {s} g d 0 0",
      })
  void anEntryThatWasDeliveredOftenEnoughMovesInsteadOfBeingDelivered(String delivery) {
    setDeadLetter(2);
    client.line("XCLAIM {s} g c 0 1-0");
    assertThat(client.line(delivery)).contains("2-0").doesNotContain("1-0");
    assertThat(letters()).containsExactly(letter("1-0", "c", "2", "job a 7 8"));
    assertThat(client.line("XPENDING {s} g - + 10")).contains("2-0").doesNotContain("1-0");
    assertThat(client.line("XLEN {s}")).as("other groups may need it").isEqualTo(":2\r\n");
    client.line(delivery.replace(" 1-0", ""));
    assertThat(letters()).hasSize(2);
    assertThat(client.line("XPENDING {s} g")).startsWith("*4\r\n:0\r\n");
  }

  @Test
  void whatIsNoDeliveryMovesNothing() {
    setDeadLetter(1);
    client.line("XCLAIM {s} g d 0 1-0 JUSTID");
    client.line("XAUTOCLAIM {s} g d 0 0 JUSTID");
    client.line("XCLAIM {s} g d 999999 1-0");
    client.line("XAUTOCLAIM {s} g d 999999 0");
    client.line("XCLAIM {s} g d 0 2-0 RETRYCOUNT 0");
    assertThat(client.line("EXISTS dead{s}")).isEqualTo(":0\r\n");
    assertThat(client.line("XCLAIM {s} g d 0 2-0")).as("its count began anew").contains("2-0");
  }

  @Test
  void whatIsFatalMovesWithTheNextClaim() {
    setDeadLetter(100);
    client.line("XNACK {s} g FATAL IDS 1 1-0");
    assertThat(client.line("XREADGROUP GROUP g d CLAIM 99999 STREAMS {s} >"))
        .as("there was something to do, though nothing to give")
        .isEqualTo("*1\r\n*2\r\n$3\r\n{s}\r\n*0\r\n");
    assertThat(letters()).containsExactly(letter("1-0", "", "9223372036854775807", "job a 7 8"));
  }

  @Test
  void aReaderThatWaitsForDeadLettersIsWoken() {
    setDeadLetter(1);
    RespConnection waiting = node.connect().send("XREAD BLOCK 0 STREAMS dead{s} 0".split(" "));
    client.line("XAUTOCLAIM {s} g d 0 0 COUNT 1");
    assertThat(waiting.read()).contains("origin-id");
  }

  @Test
  void whereNothingCanBeAddedEntriesAreDeliveredOn() {
    setDeadLetter(1);
    client.line("SET dead{s} v");
    assertThat(client.line("XCLAIM {s} g d 0 1-0")).contains("1-0");
    client.line("DEL dead{s}");
    client.line("XADD dead{s} 18446744073709551615-18446744073709551615 f v");
    assertThat(client.line("XREADGROUP GROUP g d STREAMS {s} 0")).contains("1-0");
    client.line("DEL dead{s}");
    assertThat(client.line("XREADGROUP GROUP g d STREAMS {s} 0")).doesNotContain("1-0");
    assertThat(letters()).hasSize(1);
  }

  @Test
  void aGroupTellsWhereItsDeadLettersGo() {
    assertThat(client.line("XINFO GROUPS {s}")).doesNotContain("dead-letter", "max-deliveries");
    setDeadLetter(3);
    Reply group = client.reply("XINFO", "GROUPS", "{s}").elements().getFirst();
    assertThat(group.field("max-deliveries").text()).isEqualTo("3");
    assertThat(client.line("XINFO STREAM {s} FULL")).contains("dead-letter-key\r\n$7\r\ndead{s}");
    assertThat(client.line("XGROUP DELDEADLETTER {s} g")).isEqualTo(":1\r\n");
    assertThat(client.line("XGROUP DELDEADLETTER {s} g")).isEqualTo(":0\r\n");
    assertThat(client.line("XINFO STREAM {s} FULL")).doesNotContain("dead-letter");
  }

  @Test
  void argumentsAreChecked() {
    client.line("SET string{s} v");
    for (String[] wrong :
        new String[][] {
          {"XGROUP SETDEADLETTER t{s} g d{s} 1", "ERR The XGROUP subcommand requires the key"},
          {"XGROUP SETDEADLETTER {s} h d{s} 1", "NOGROUP No such consumer group 'h'"},
          {"XGROUP SETDEADLETTER {s} g d{s} 0", "ERR max-deliveries must be a positive integer"},
          {"XGROUP SETDEADLETTER {s} g d{s} x", "ERR max-deliveries must be a positive integer"},
          {"XGROUP SETDEADLETTER {s} g {s} 1", "ERR A stream takes no dead letters of its own"},
          {"XGROUP SETDEADLETTER {s} g string{s} 1", "WRONGTYPE"},
          {"XGROUP SETDEADLETTER {s} g elsewhere 1", "CROSSSLOT"},
          {"XGROUP SETDEADLETTER {s} g d{s}", "ERR wrong number of arguments"},
        }) {
      assertThat(client.line(wrong[0])).startsWith("-" + wrong[1]);
    }
  }

  @Test
  void theEffectsAreTheAdditionAndTheAcknowledgement() {
    List<String> effects = new ArrayList<>();
    setDeadLetter(1);
    node.recordEffects(
        (slot, words) ->
            effects.add(
                String.join(
                    " ",
                    Stream.of(words)
                        .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                        .toList())));
    client.line("XAUTOCLAIM {s} g d 0 0 COUNT 1");
    List<String> ids =
        deadEntries().stream().map(entry -> entry.elements().getFirst().text()).toList();
    assertThat(effects)
        .containsExactly(
            "XADD dead{s} " + ids.get(0) + " " + letter("1-0", "c", "1", "job a 7 8"),
            "XACK {s} g 1-0",
            "XADD dead{s} " + ids.get(1) + " " + letter("2-0", "c", "1", "job b"),
            "XACK {s} g 2-0");
  }
}
