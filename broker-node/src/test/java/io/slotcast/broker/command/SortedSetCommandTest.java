package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorted sets where Redis 7.0 is no oracle: WITHSCORE of 7.2, chance, walks, and effects. */
class SortedSetCommandTest {
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
  void aPlaceMayBeAskedForWithItsScore() {
    client.line("ZADD z 1 a 2.5 b");
    assertThat(client.line("ZRANK z b WITHSCORE")).isEqualTo("*2\r\n:1\r\n$3\r\n2.5\r\n");
    assertThat(client.line("ZREVRANK z b withscore")).isEqualTo("*2\r\n:0\r\n$3\r\n2.5\r\n");
    assertThat(client.line("ZRANK z none WITHSCORE")).isEqualTo("*-1\r\n");
    assertThat(client.line("ZRANK none a WITHSCORE")).isEqualTo("*-1\r\n");
    assertThat(client.line("ZRANK z a WITHSCORES")).isEqualTo("-ERR syntax error\r\n");
    assertThat(client.line("ZRANK z a WITHSCORE b"))
        .isEqualTo("-ERR wrong number of arguments for 'zrank' command\r\n");
    client.line("HELLO 3");
    assertThat(client.line("ZRANK z b WITHSCORE")).isEqualTo("*2\r\n:1\r\n,2.5\r\n");
    assertThat(client.line("ZRANK z none WITHSCORE")).isEqualTo("_\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000})
  void randomMembersAreDistinctUnlessTheCountIsNegative(int size) {
    fill("z", size);
    for (int count : new int[] {1, 5, size / 2, size - 1, size, size + 7}) {
      List<String> drawn = client.texts("ZRANDMEMBER", "z", String.valueOf(count));
      assertThat(drawn).hasSize(Math.min(count, size)).doesNotHaveDuplicates();
      assertThat(drawn).allMatch(member -> member.startsWith("m"));
    }
    assertThat(client.texts("ZRANDMEMBER", "z", "-3000")).hasSize(3000);
    List<String> withScores = client.texts("ZRANDMEMBER", "z", "3", "WITHSCORES");
    assertThat(withScores).hasSize(6);
    assertThat(withScores.get(0)).isEqualTo("m" + withScores.get(1));
    assertThat(client.text("ZRANDMEMBER", "z")).startsWith("m");
  }

  @Test
  void aReplyOfRandomMembersDoesNotFillTheMemory() {
    client.line("ZADD z 1 a");
    client.line("SADD s a");
    client.line("HSET h a 1");
    for (String command : List.of("ZRANDMEMBER z", "SRANDMEMBER s", "HRANDFIELD h")) {
      assertThat(client.line(command + " -16777217")).isEqualTo("-ERR value is out of range\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000})
  void aWalkMeetsEachMemberWithItsScore(int size) {
    fill("z", size);
    Set<String> met = new HashSet<>();
    String cursor = "0";
    do {
      var reply = client.reply("ZSCAN", "z", cursor, "COUNT", "7", "MATCH", "m*").elements();
      cursor = reply.get(0).text();
      var found = reply.get(1).elements();
      for (int i = 0; i < found.size(); i += 2) {
        assertThat(found.get(i).text()).isEqualTo("m" + found.get(i + 1).text());
        met.add(found.get(i).text());
      }
    } while (!cursor.equals("0"));
    assertThat(met).hasSize(size);
  }

  @Test
  void whatABlockingCommandTakesIsRecordedAsTakenAtOnce() {
    List<String> effects = recordEffects();
    client.line("ZADD {t}z 1 a 2 b 3 c 4 d");
    client.line("BZPOPMIN {t}none {t}z 0");
    client.line("BZMPOP 0 1 {t}z MAX COUNT 2");
    client.line("ZMPOP 1 {t}z MIN COUNT 5");
    client.line("ZMPOP 1 {t}z MIN");
    client.line("ZRANDMEMBER {t}z");
    client.line("ZPOPMIN {t}z 3");
    assertThat(effects)
        .containsExactly(
            "ZADD {t}z 1 a 2 b 3 c 4 d", "ZPOPMIN {t}z", "ZPOPMAX {t}z 2", "ZPOPMIN {t}z 1");
  }

  @Test
  void whoWaitsIsServedAfterTheWriteAndRecordedSo() {
    List<String> effects = recordEffects();
    RespConnection waiting = node.connect();
    waiting.send("BZPOPMAX", "z", "0");
    await().until(() -> client.text("INFO", "clients").contains("blocked_clients:1\r\n"));
    client.line("ZADD z 1 a 2 b");
    assertThat(waiting.read()).isEqualTo("*3\r\n$1\r\nz\r\n$1\r\nb\r\n$1\r\n2\r\n");
    client.line("PING");
    assertThat(effects).containsExactly("ZADD z 1 a 2 b", "ZPOPMAX z");
  }

  private List<String> recordEffects() {
    List<String> effects = new CopyOnWriteArrayList<>();
    node.recordEffects((slot, words) -> effects.add(String.join(" ", texts(words))));
    return effects;
  }

  private static String[] texts(byte[][] words) {
    return Stream.of(words)
        .map(word -> new String(word, StandardCharsets.ISO_8859_1))
        .toArray(String[]::new);
  }

  private void fill(String key, int size) {
    for (int i = 0; i < size; i++) {
      client.line("ZADD " + key + " " + i + " m" + i);
    }
  }
}
