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

/**
 * XADD with IDMP and IDMPAUTO, and XCFGSET. Redis 7.0 is no oracle: what is expected is what the
 * pages of XADD, XCFGSET and XIDMPRECORD and of "Idempotent message processing" at redis.io say,
 * and the error texts are those that Redis 8.6's public tests look for.
 */
class IdempotentAddTest {
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

  private long info(String field) {
    return Long.parseLong(client.reply("XINFO", "STREAM", "s").field(field).text());
  }

  @Test
  void aProducerThatAddsAgainIsToldTheFirstEntry() {
    String first = client.text("XADD", "s", "IDMP", "p", "order-1", "*", "amount", "100");
    String again = client.text("XADD", "s", "IDMP", "p", "order-1", "*", "amount", "200");
    assertThat(again).isEqualTo(first);
    assertThat(client.line("XRANGE s - +")).contains("100").doesNotContain("200");
    assertThat(client.text("XADD", "s", "IDMP", "p", "order-2", "*", "f", "v")).isNotEqualTo(first);
    assertThat(client.text("XADD", "s", "IDMP", "q", "order-1", "*", "f", "v")).isNotEqualTo(first);
    assertThat(client.line("XLEN s")).isEqualTo(":3\r\n");
    assertThat(info("pids-tracked")).isEqualTo(2);
    assertThat(info("iids-tracked")).isEqualTo(3);
    assertThat(info("iids-added")).isEqualTo(3);
    assertThat(info("iids-duplicates")).isEqualTo(1);
  }

  @Test
  void theSameContentIsTheSameEntryInWhateverOrder() {
    String first = client.text("XADD", "s", "IDMPAUTO", "p", "*", "a", "1", "b", "2");
    assertThat(client.text("XADD", "s", "IDMPAUTO", "p", "*", "b", "2", "a", "1")).isEqualTo(first);
    for (String other : List.of("a 1 b 3", "a 2 b 1", "a 1", "a 1 b 2 a 1", "a1 b2", "a 1b 2 x")) {
      assertThat(client.line("XADD s IDMPAUTO p * " + other)).doesNotContain(first);
    }
  }

  @Test
  void optionsAreCheckedBeforeAnythingIsDone() {
    for (String[] wrong :
        new String[][] {
          {"IDMP p * f v", "Invalid stream ID specified"},
          {"IDMP p i 1-1 f v", "IDMP/IDMPAUTO can be used only with auto-generated IDs"},
          {"IDMPAUTO p 1-* f v", "IDMP/IDMPAUTO can be used only with auto-generated IDs"},
          {"IDMP p i IDMP q j * f v", "IDMP/IDMPAUTO specified multiple times"},
          {"IDMPAUTO p IDMP q j * f v", "IDMP/IDMPAUTO specified multiple times"},
          {"IDMP  i * f v", "IDMP requires a non-empty producer ID"},
          {"IDMP p  * f v", "IDMP requires a non-empty idempotent ID"},
          {"IDMPAUTO  * f v", "IDMPAUTO requires a non-empty producer ID"},
        }) {
      assertThat(client.line("XADD s " + wrong[0])).startsWith("-ERR").contains(wrong[1]);
    }
    assertThat(client.line("XADD s NOMKSTREAM IDMP p i * f v")).isEqualTo("$-1\r\n");
    assertThat(client.line("EXISTS s")).isEqualTo(":0\r\n");
  }

  @Test
  void asManyIdsAreKnownAsTheStreamIsToldTo() {
    client.line("XADD s IDMP p init * f v");
    assertThat(client.line("XCFGSET s IDMP-MAXSIZE 3")).isEqualTo("+OK\r\n");
    List<String> added = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      added.add(client.text("XADD", "s", "IDMP", "p", "i" + i, "*", "f", "v"));
    }
    assertThat(info("iids-tracked")).isEqualTo(3);
    assertThat(client.text("XADD", "s", "IDMP", "p", "i1", "*", "f", "v")).isEqualTo(added.get(1));
    assertThat(client.text("XADD", "s", "IDMP", "p", "i0", "*", "f", "v")).isNotIn(added);
    assertThat(client.text("XADD", "s", "IDMP", "p", "i1", "*", "f", "v")).isNotIn(added);
    assertThat(client.text("XADD", "s", "IDMP", "p", "i3", "*", "f", "v")).isEqualTo(added.get(3));
    assertThat(info("iids-added")).isEqualTo(7);
  }

  @Test
  void anotherConfigurationForgetsAndTheSameDoesNot() {
    String first = client.text("XADD", "s", "IDMP", "p", "i", "*", "f", "v");
    client.line("XCFGSET s IDMP-DURATION 100 IDMP-MAXSIZE 100");
    assertThat(client.text("XADD", "s", "IDMP", "p", "i", "*", "f", "v")).isEqualTo(first);
    client.line("XCFGSET s IDMP-DURATION 60");
    assertThat(info("idmp-duration")).isEqualTo(60);
    assertThat(info("iids-tracked")).isZero();
    assertThat(client.text("XADD", "s", "IDMP", "p", "i", "*", "f", "v")).isNotEqualTo(first);
  }

  @Test
  void aConfigurationHasItsBounds() {
    assertThat(client.line("XCFGSET s IDMP-DURATION 5")).isEqualTo("-ERR no such key\r\n");
    client.line("XADD s 1-1 f v");
    for (String[] wrong :
        new String[][] {
          {"XCFGSET s", "At least one parameter"},
          {"XCFGSET s IDMP-DURATION", "syntax"},
          {"XCFGSET s FOO 1", "syntax"},
          {"XCFGSET s IDMP-MAXSIZE a", "value is not an integer"},
          {"XCFGSET s IDMP-DURATION 0", "IDMP-DURATION must be between 1 and 86400 seconds"},
          {"XCFGSET s IDMP-DURATION 86401", "IDMP-DURATION must be between 1 and 86400 seconds"},
          {"XCFGSET s IDMP-MAXSIZE 10001", "IDMP-MAXSIZE must be between 1 and 10000 entries"},
        }) {
      assertThat(client.line(wrong[0])).startsWith("-ERR").contains(wrong[1]);
    }
    assertThat(client.line("XINFO STREAM s")).doesNotContain("idmp", "iids");
  }

  @Test
  void anIdIsForgottenWithTheTimeOfItsEntry() {
    client.line("XADD s 1-1 f v");
    assertThat(client.line("XIDMPRECORD s p i 1-1")).isEqualTo("+OK\r\n");
    assertThat(info("iids-tracked")).as("1-1 was added half a century ago").isZero();
    assertThat(client.text("XADD", "s", "IDMP", "p", "i", "*", "f", "v")).isNotEqualTo("1-1");
  }

  @Test
  void whatAProducerAddedIsRecordedOfEntriesThatAreThere() {
    assertThat(client.line("XIDMPRECORD s p i 1-1")).isEqualTo("-ERR no such key\r\n");
    String id = client.text("XADD", "s", "*", "f", "v");
    String later = client.text("XADD", "s", "*", "f", "v");
    assertThat(client.line("XIDMPRECORD s p i 9-9")).startsWith("-ERR ");
    assertThat(client.line("XIDMPRECORD s  i " + id)).startsWith("-ERR ");
    assertThat(client.line("XIDMPRECORD s p i " + id)).isEqualTo("+OK\r\n");
    assertThat(client.line("XIDMPRECORD s p i " + id)).isEqualTo("+OK\r\n");
    assertThat(client.line("XIDMPRECORD s p i " + later)).startsWith("-ERR ");
    assertThat(client.text("XADD", "s", "IDMP", "p", "i", "*", "f", "v")).isEqualTo(id);
  }

  @Test
  void theEffectsMakeAnotherNodeKnowTheProducers() {
    List<String[]> effects = new ArrayList<>();
    node.recordEffects(
        (slot, words) ->
            effects.add(
                Stream.of(words)
                    .map(word -> new String(word, StandardCharsets.ISO_8859_1))
                    .toArray(String[]::new)));
    String id = client.text("XADD", "s", "IDMP", "p", "i", "MAXLEN", "~", "0", "*", "f", "v");
    String auto = client.text("XADD", "s", "IDMPAUTO", "q", "MAXLEN", "1", "*", "f", "w");
    client.line("XADD s IDMP p i * f v");
    assertThat(effects).noneMatch(words -> List.of(words).contains("*"));
    try (SingleNode copy = SingleNode.start()) {
      RespConnection replica = copy.connect();
      for (String[] words : effects) {
        assertThat(replica.call(words)).doesNotStartWith("-");
      }
      assertThat(replica.line("XRANGE s - +")).isEqualTo(client.line("XRANGE s - +"));
      assertThat(replica.text("XADD", "s", "IDMP", "p", "i", "*", "f", "v")).isEqualTo(id);
      assertThat(replica.text("XADD", "s", "IDMPAUTO", "q", "*", "f", "w")).isEqualTo(auto);
    }
  }
}
