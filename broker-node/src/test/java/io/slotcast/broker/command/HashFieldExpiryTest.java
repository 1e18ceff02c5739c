package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fields of hashes that expire, as of Redis 7.4. */
class HashFieldExpiryTest {
  private static final String LATER = "33177117420";

  private final SingleNode node = SingleNode.start();
  private final RespConnection client = node.connect();
  private final List<String> effects = new CopyOnWriteArrayList<>();

  @BeforeEach
  void fill() {
    client.line("HSET h f 1 g 2 i 3");
    node.recordEffects(
        (slot, words) ->
            effects.add(
                Arrays.stream(words)
                    .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                    .collect(Collectors.joining(" "))));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private List<String> ints(String command) {
    return client.texts(command.split(" ", -1));
  }

  @Test
  void aTimeIsSetAndToldInFourWays() {
    assertThat(ints("HEXPIREAT h " + LATER + " FIELDS 2 f x")).containsExactly("1", "-2");
    assertThat(ints("HEXPIRETIME h FIELDS 3 f g x")).containsExactly(LATER, "-1", "-2");
    assertThat(ints("HPEXPIRETIME h FIELDS 1 f")).containsExactly(LATER + "000");
    assertThat(ints("HPEXPIREAT h " + LATER + "123 FIELDS 1 g")).containsExactly("1");
    assertThat(ints("HPEXPIRETIME h FIELDS 1 g")).containsExactly(LATER + "123");
    assertThat(ints("HEXPIRE h 1000 FIELDS 1 i")).containsExactly("1");
    assertThat(ints("HTTL h FIELDS 2 i x")).containsExactly("1000", "-2");
    assertThat(Long.parseLong(ints("HPTTL h FIELDS 1 i").getFirst())).isBetween(1L, 1_000_000L);
    assertThat(ints("HPEXPIRE h 500000 FIELDS 1 i")).containsExactly("1");
    assertThat(ints("HTTL h FIELDS 1 i")).containsExactly("500");
    assertThat(client.line("OBJECT ENCODING h")).isEqualTo("$10\r\nlistpackex\r\n");
  }

  @Test
  void conditionsAreOnTheTimeThatAFieldHas() {
    assertThat(ints("HEXPIREAT h 33000000000 XX FIELDS 1 f")).containsExactly("0");
    assertThat(ints("HEXPIREAT h 33000000000 GT FIELDS 1 f")).containsExactly("0");
    assertThat(ints("HEXPIREAT h 33000000000 LT FIELDS 1 f")).containsExactly("1");
    assertThat(ints("HEXPIREAT h 33000000001 nx FIELDS 1 f")).containsExactly("0");
    assertThat(ints("HEXPIREAT h 33000000001 LT FIELDS 1 f")).containsExactly("0");
    assertThat(ints("HEXPIREAT h 33000000001 GT FIELDS 1 f")).containsExactly("1");
    assertThat(ints("HEXPIREAT h 33000000001 GT FIELDS 1 f")).containsExactly("0");
    assertThat(ints("HEXPIREAT h 5 XX FIELDS 2 f g")).containsExactly("2", "0");
    assertThat(ints("HEXPIREAT h 33000000000 NX FIELDS 1 g")).containsExactly("1");
  }

  @Test
  void aTimeThatIsPastRemovesTheFieldAndWithTheLastOneTheKey() {
    assertThat(ints("HEXPIRE h 0 FIELDS 2 f x")).containsExactly("2", "-2");
    assertThat(client.line("HGET h f")).isEqualTo("$-1\r\n");
    assertThat(ints("HPEXPIREAT h 1 FIELDS 2 g i")).containsExactly("2", "2");
    assertThat(client.line("EXISTS h")).isEqualTo(":0\r\n");
    assertThat(ints("HEXPIRE h 10 FIELDS 2 f g")).containsExactly("-2", "-2");
    assertThat(ints("HTTL h FIELDS 1 f")).containsExactly("-2");
    assertThat(ints("HPERSIST h FIELDS 1 f")).containsExactly("-2");
    assertThat(effects).containsExactly("HDEL h f", "HDEL h g i");
  }

  @Test
  void aFieldGoesWhenItsTimeHasComeAndWithTheLastOneTheKey() {
    client.line("HPEXPIRE h 30 FIELDS 1 f");
    await().until(() -> client.line("HLEN h").equals(":2\r\n"));
    assertThat(client.texts("HKEYS", "h")).containsExactlyInAnyOrder("g", "i");
    assertThat(effects)
        .anyMatch(effect -> effect.startsWith("HPEXPIREAT h 1"))
        .contains("HDEL h f");

    client.line("HPEXPIRE h 30 FIELDS 2 g i");
    // Nobody asks for it.
    await().until(() -> client.line("DBSIZE").equals(":0\r\n"));
    assertThat(effects.getLast()).startsWith("HDEL h ");
  }

  @Test
  void noFieldIsSeenAfterItsTime() {
    for (int round = 0; round < 50; round++) {
      client.line("HSET k f v g w");
      client.line("HPEXPIRE k 1 FIELDS 1 f");
      await()
          .until(
              () -> {
                boolean isThere = !client.line("HGET k f").equals("$-1\r\n");
                assertThat(ints("HPTTL k FIELDS 1 f").getFirst()).isIn("1", "-2");
                return !isThere;
              });
      assertThat(client.texts("HGETALL", "k")).containsExactly("g", "w");
    }
  }

  @Test
  void aWriteTakesTheTimeAwayAndACountLeavesIt() {
    client.line("HEXPIREAT h " + LATER + " FIELDS 3 f g i");
    client.line("HSET h f new");
    client.line("HINCRBY h g 5");
    client.line("HINCRBYFLOAT h i 0.5");
    assertThat(ints("HEXPIRETIME h FIELDS 3 f g i")).containsExactly("-1", LATER, LATER);

    assertThat(ints("HPERSIST h FIELDS 3 f g x")).containsExactly("-1", "1", "-2");
    assertThat(ints("HEXPIRETIME h FIELDS 2 g i")).containsExactly("-1", LATER);
    client.line("HDEL h i");
    client.line("HSET h i 1");
    assertThat(ints("HTTL h FIELDS 1 i")).containsExactly("-1");
  }

  @Test
  void copiesAndLargeHashesKeepTheTimes() {
    client.line("HEXPIREAT h " + LATER + " FIELDS 1 f");
    client.line("COPY h {h}copy");
    assertThat(client.line("RENAME h {h}renamed")).isEqualTo("+OK\r\n");
    for (int i = 0; i < 600; i++) {
      client.line("HSET {h}copy field-" + i + " v");
    }
    assertThat(client.line("OBJECT ENCODING {h}copy")).isEqualTo("$9\r\nhashtable\r\n");
    assertThat(ints("HEXPIRETIME {h}copy FIELDS 2 f field-1")).containsExactly(LATER, "-1");
    assertThat(ints("HEXPIRETIME {h}renamed FIELDS 2 f g")).containsExactly(LATER, "-1");
    assertThat(ints("HPEXPIRE {h}copy 20 FIELDS 2 field-1 field-2")).containsExactly("1", "1");
    await().until(() -> client.line("HLEN {h}copy").equals(":601\r\n"));
  }

  @Test
  void whatIsWrongIsSaidInTheOrderOfRedis() {
    client.line("SET s v");
    assertThat(client.line("HEXPIRE s a FIELDS 1 f")).startsWith("-WRONGTYPE");
    assertThat(client.line("HTTL s FOO 1 f")).startsWith("-WRONGTYPE");
    assertThat(client.line("HEXPIRE h a FIELDS 1 f")).startsWith("-ERR value is not an integer");
    assertThat(client.line("HEXPIRE h -1 FIELDS 1 f"))
        .isEqualTo("-ERR invalid expire time, must be >= 0\r\n");
    assertThat(client.line("HEXPIRE h 99999999999999 FIELDS 1 f"))
        .isEqualTo("-ERR invalid expire time in 'hexpire' command\r\n");
    assertThat(client.line("HPEXPIREAT h 70368744177664 FIELDS 1 f"))
        .isEqualTo("-ERR invalid expire time in 'hpexpireat' command\r\n");
    assertThat(client.line("HEXPIRE h 1 FOO 1 f"))
        .startsWith("-ERR Mandatory argument FIELDS is missing");
    assertThat(client.line("HEXPIRE h 1 NX 1 f g"))
        .startsWith("-ERR Mandatory argument FIELDS is missing");
    assertThat(client.line("HEXPIRE h 1 FIELDS 0 f"))
        .isEqualTo("-ERR Parameter `numFields` should be greater than 0\r\n");
    assertThat(client.line("HEXPIRE h 1 FIELDS 2 f"))
        .isEqualTo("-ERR The `numfields` parameter must match the number of arguments\r\n");
    assertThat(client.line("HTTL h FIELDS a f"))
        .isEqualTo("-ERR Number of fields must be a positive integer\r\n");
    assertThat(client.line("HPERSIST h FIELDS 1 f g"))
        .isEqualTo("-ERR The `numfields` parameter must match the number of arguments\r\n");
    assertThat(client.line("HEXPIRE h 1 FIELDS 1")).startsWith("-ERR wrong number of arguments");
    assertThat(effects).containsExactly("SET s v");
  }
}
