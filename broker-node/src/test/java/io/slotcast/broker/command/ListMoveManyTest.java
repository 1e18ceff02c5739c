package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * LMOVEM and BLMOVEM. Redis 7.0 is no oracle: what is expected is what their pages at redis.io say,
 * and the examples of Redis 8.10's public tests.
 */
class ListMoveManyTest {
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

  private List<String> list(String key) {
    return client.texts("LRANGE", key, "0", "-1");
  }

  private void awaitBlocked(int clients) {
    String wanted = "blocked_clients:" + clients + "\r\n";
    await().until(() -> client.text("INFO", "clients").contains(wanted));
  }

  @ParameterizedTest
  @CsvSource({
    "left left count 3 obo, 3 2 1, 4 5, 3 2 1 x y",
    "left left count 3 bulk, 1 2 3, 4 5, 1 2 3 x y",
    "left right count 3 obo, 1 2 3, 4 5, x y 1 2 3",
    "left right count 3 bulk, 1 2 3, 4 5, x y 1 2 3",
    "right right count 3 obo, 5 4 3, 1 2, x y 5 4 3",
    "right right count 3 bulk, 3 4 5, 1 2, x y 3 4 5",
    "right left count 3 obo, 3 4 5, 1 2, 3 4 5 x y",
    "right left count 3 bulk, 3 4 5, 1 2, 3 4 5 x y",
    "left right, 1, 2 3 4 5, x y 1",
    "left right exactly 2 bulk, 1 2, 3 4 5, x y 1 2",
    "left right count 100 bulk, 1 2 3 4 5, '', x y 1 2 3 4 5",
  })
  void elementsComeToLieAsAsked(String how, String reply, String source, String destination) {
    client.line("RPUSH {l}1 1 2 3 4 5");
    client.line("RPUSH {l}2 x y");
    assertThat(String.join(" ", client.texts(("LMOVEM {l}1 {l}2 " + how).split(" "))))
        .isEqualTo(reply);
    assertThat(String.join(" ", list("{l}1"))).isEqualTo(source);
    assertThat(String.join(" ", list("{l}2"))).isEqualTo(destination);
  }

  @Test
  void exactlySoManyOrNone() {
    client.line("RPUSH {l}1 a b");
    assertThat(client.line("LMOVEM {l}1 {l}2 LEFT RIGHT EXACTLY 3 BULK")).isEqualTo("*-1\r\n");
    assertThat(list("{l}1")).containsExactly("a", "b");
    assertThat(client.line("EXISTS {l}2")).isEqualTo(":0\r\n");
    assertThat(client.line("LMOVEM {l}3 {l}2 LEFT RIGHT EXACTLY 1 BULK")).isEqualTo("*-1\r\n");
    assertThat(client.line("LMOVEM {l}3 {l}2 LEFT RIGHT COUNT 1 BULK")).isEqualTo("*0\r\n");
    assertThat(client.line("LMOVEM {l}3 {l}2 LEFT RIGHT")).isEqualTo("*0\r\n");
    client.line("HELLO 3");
    assertThat(client.line("LMOVEM {l}1 {l}2 LEFT RIGHT EXACTLY 3 BULK")).isEqualTo("_\r\n");
  }

  @Test
  void withinOneListBulkChangesNothingAndOneByOneTurnsRound() {
    client.line("RPUSH l a b c");
    assertThat(client.texts("LMOVEM l l LEFT LEFT EXACTLY 2 BULK".split(" ")))
        .containsExactly("a", "b");
    assertThat(list("l")).containsExactly("a", "b", "c");
    assertThat(client.texts("LMOVEM l l LEFT LEFT EXACTLY 2 OBO".split(" ")))
        .containsExactly("b", "a");
    assertThat(list("l")).containsExactly("b", "a", "c");
    client.line("LMOVEM l l LEFT RIGHT COUNT 2 BULK");
    assertThat(list("l")).containsExactly("c", "b", "a");
    client.line("LMOVEM l l LEFT RIGHT COUNT 9 BULK");
    assertThat(list("l")).containsExactly("c", "b", "a");
  }

  @Test
  void argumentsAreChecked() {
    client.line("RPUSH {l}1 a b c");
    client.line("SET {l}s v");
    for (String count : new String[] {"COUNT 0", "EXACTLY 0", "COUNT -1", "COUNT a"}) {
      assertThat(client.line("LMOVEM {l}1 {l}2 LEFT RIGHT " + count + " BULK"))
          .isEqualTo("-ERR count should be greater than 0\r\n");
    }
    for (String wrong :
        new String[] {
          "LEFT RIGHT COUNT 2", "LEFT RIGHT COUNT 2 OBO x", "LEFT RIGHT BAD 2 OBO",
          "LEFT RIGHT COUNT 2 BAD", "BAD RIGHT COUNT 2 OBO", "LEFT BAD COUNT 2 OBO",
        }) {
      assertThat(client.line("LMOVEM {l}1 {l}2 " + wrong)).isEqualTo("-ERR syntax error\r\n");
    }
    assertThat(client.line("LMOVEM {l}1 {l}2 LEFT")).contains("wrong number of arguments");
    assertThat(client.line("LMOVEM {l}s {l}2 LEFT RIGHT")).startsWith("-WRONGTYPE");
    assertThat(client.line("LMOVEM {l}1 {l}s LEFT RIGHT COUNT 2 BULK")).startsWith("-WRONGTYPE");
    assertThat(client.line("BLMOVEM {l}1 {l}2 LEFT RIGHT x COUNT 2 BULK"))
        .isEqualTo("-ERR timeout is not a float or out of range\r\n");
    assertThat(list("{l}1")).containsExactly("a", "b", "c");
  }

  @Test
  void aClientWaitsForTheFirstElementOrForAllOfThem() {
    RespConnection first =
        node.connect().send("BLMOVEM {l}1 {l}2 LEFT RIGHT 0 COUNT 5 BULK".split(" "));
    awaitBlocked(1);
    client.line("RPUSH {l}1 a b");
    assertThat(first.read()).isEqualTo("*2\r\n$1\r\na\r\n$1\r\nb\r\n");

    RespConnection all =
        node.connect().send("BLMOVEM {l}1 {l}3 LEFT RIGHT 0 EXACTLY 3 BULK".split(" "));
    awaitBlocked(1);
    client.line("RPUSH {l}1 1 2");
    awaitBlocked(1);
    assertThat(list("{l}1")).containsExactly("1", "2");
    client.line("LINSERT {l}1 BEFORE 1 0");
    assertThat(all.read()).isEqualTo("*3\r\n$1\r\n0\r\n$1\r\n1\r\n$1\r\n2\r\n");
    assertThat(list("{l}3")).containsExactly("0", "1", "2");
    assertThat(client.line("EXISTS {l}1")).isEqualTo(":0\r\n");
  }

  @Test
  void whoDoesNotWaitIsRepliedNull() {
    assertThat(client.line("BLMOVEM {l}1 {l}2 LEFT RIGHT 0.01 EXACTLY 3 BULK"))
        .isEqualTo("*-1\r\n");
    client.line("MULTI");
    client.line("BLMOVEM {l}1 {l}2 LEFT RIGHT 0");
    assertThat(client.line("EXEC")).isEqualTo("*1\r\n*-1\r\n");
  }

  @Test
  void theEffectOfAMoveThatMayWaitSaysHowManyWereMoved() {
    List<String> effects = new ArrayList<>();
    node.recordEffects(
        (slot, words) ->
            effects.add(
                String.join(
                    " ",
                    Stream.of(words)
                        .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                        .toList())));
    client.line("RPUSH {l}1 1 2 3 4");
    client.line("BLMOVEM {l}1 {l}2 LEFT RIGHT 0 COUNT 3 BULK");
    client.line("BLMOVEM {l}1 {l}2 LEFT RIGHT 0");
    client.line("LMOVEM {l}2 {l}1 LEFT RIGHT COUNT 9 OBO");
    client.line("LMOVEM {l}2 {l}1 LEFT RIGHT COUNT 9 OBO");
    assertThat(effects)
        .containsExactly(
            "RPUSH {l}1 1 2 3 4",
            "LMOVEM {l}1 {l}2 LEFT RIGHT EXACTLY 3 BULK",
            "LMOVEM {l}1 {l}2 LEFT RIGHT EXACTLY 1 OBO",
            "LMOVEM {l}2 {l}1 LEFT RIGHT COUNT 9 OBO");
  }
}
