package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * MAXCOUNT and MAXSIZE of XREAD and XREADGROUP, limits over all streams of a request. Redis 7.0 is
 * no oracle: what is expected is what the pages of the two commands at redis.io say, and the texts
 * of "must be a positive integer" are those that Redis 8.10's public tests look for.
 */
class StreamReadLimitsTest {
  private static final String STREAMS = " STREAMS a{t} b{t} c{t} ";

  private SingleNode node;
  private RespConnection client;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    client = node.connect();
    for (String stream : new String[] {"a{t}", "b{t}", "c{t}"}) {
      for (int i = 1; i <= 3; i++) {
        client.call("XADD", stream, i + "-0", "field", "v".repeat(100));
      }
      client.line("XGROUP CREATE " + stream + " g 0");
    }
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** How many entries of each stream a command replies. */
  private Map<String, Integer> counts(String command) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Reply stream : client.reply(command.split(" ")).elements()) {
      counts.put(stream.elements().get(0).text(), stream.elements().get(1).elements().size());
    }
    return counts;
  }

  @Test
  void aCountOverAllStreamsIsUsedUpInTheirOrder() {
    assertThat(counts("XREAD COUNT 2 MAXCOUNT 3" + STREAMS + "0 0 0"))
        .containsExactly(Map.entry("a{t}", 2), Map.entry("b{t}", 1));
    assertThat(counts("XREAD MAXCOUNT 100" + STREAMS + "0 0 0")).containsEntry("c{t}", 3);
    assertThat(counts("XREAD MAXCOUNT 1" + STREAMS + "9 1 0"))
        .containsExactly(Map.entry("b{t}", 1));
    assertThat(client.line("XREAD MAXCOUNT 1" + STREAMS + "9 9 9")).isEqualTo("*-1\r\n");
  }

  @Test
  void aSizeEndsTheReplyBeforeTheEntryThatWouldExceedIt() {
    int entry = client.line("XRANGE a{t} 1 1").length() - "*1\r\n".length();
    assertThat(counts("XREAD MAXSIZE " + 4 * entry + STREAMS + "0 0 0"))
        .containsExactly(Map.entry("a{t}", 3), Map.entry("b{t}", 1));
    assertThat(counts("XREAD MAXSIZE " + (4 * entry - 1) + STREAMS + "0 0 0"))
        .containsExactly(Map.entry("a{t}", 3));
    assertThat(counts("XREAD MAXSIZE 1" + STREAMS + "0 0 0"))
        .as("one entry comes whatever its size")
        .containsExactly(Map.entry("a{t}", 1));
  }

  @Test
  void whatAConsumerIsNotGivenIsNotPendingAndComesNext() {
    String group = "XREADGROUP GROUP g w ";
    assertThat(counts(group + "MAXCOUNT 4" + STREAMS + "> > >"))
        .containsExactly(Map.entry("a{t}", 3), Map.entry("b{t}", 1));
    assertThat(client.line("XPENDING c{t} g")).startsWith("*4\r\n:0\r\n");
    assertThat(counts(group + "MAXCOUNT 4" + STREAMS + "> > >"))
        .containsExactly(Map.entry("b{t}", 2), Map.entry("c{t}", 2));
    assertThat(counts(group + "MAXCOUNT 2" + STREAMS + "0 0 0"))
        .containsExactly(Map.entry("a{t}", 2));
    assertThat(counts(group + "MAXCOUNT 2 CLAIM 0" + STREAMS + "> > >"))
        .containsExactly(Map.entry("a{t}", 2));
    assertThat(counts(group + "MAXSIZE 1 CLAIM 0" + STREAMS + "> > >"))
        .containsExactly(Map.entry("a{t}", 1));
  }

  @Test
  void limitsAreOneAtLeast() {
    for (String option : new String[] {"MAXCOUNT", "MAXSIZE"}) {
      for (String wrong : new String[] {"0", "-1", "a"}) {
        assertThat(client.line("XREAD " + option + " " + wrong + STREAMS + "0 0 0"))
            .isEqualTo("-ERR " + option + " must be a positive integer\r\n");
      }
    }
    assertThat(client.line("XREAD COUNT 5 MAXCOUNT 4" + STREAMS + "0 0 0"))
        .isEqualTo("-ERR MAXCOUNT must be greater than or equal to COUNT\r\n");
  }
}
