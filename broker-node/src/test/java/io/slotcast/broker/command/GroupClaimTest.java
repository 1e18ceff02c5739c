package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * XREADGROUP with CLAIM and XNACK. Redis 7.0 is no oracle: what is expected is what the pages of
 * XREADGROUP and XNACK at redis.io say, and what the public tests of Redis 8.8 look for, from where
 * the error texts are as well.
 */
class GroupClaimTest {
  private SingleNode node;
  private RespConnection client;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    client = node.connect();
    for (int i = 1; i <= 4; i++) {
      client.line("XADD s " + i + "-0 f v" + i);
    }
    client.line("XGROUP CREATE s g 0");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** The entries of the only stream in a reply of XREADGROUP. */
  private static List<Reply> entries(Reply reply) {
    return reply.elements().getFirst().elements().get(1).elements();
  }

  private List<Reply> read(String command) {
    return entries(client.reply(command.split(" ")));
  }

  private static List<String> ids(List<Reply> entries) {
    return entries.stream().map(entry -> entry.elements().getFirst().text()).toList();
  }

  private static String count(Reply entry) {
    return entry.elements().get(3).text();
  }

  private List<String> pending(String... filter) {
    String command = "XPENDING s g - + 10 " + String.join(" ", filter);
    return client.reply(command.trim().split(" ")).elements().stream()
        .map(entry -> String.join(" ", entry.elements().stream().map(Reply::text).toList()))
        .map(text -> text.replaceAll("(?<=[a-z] )\\d+(?= )", "idle"))
        .toList();
  }

  private void awaitBlocked(int clients) {
    String wanted = "blocked_clients:" + clients + "\r\n";
    await().until(() -> client.text("INFO", "clients").contains(wanted));
  }

  // ---- CLAIM ----

  @Test
  void whatIsPendingForLongComesBeforeWhatIsNew() {
    client.line("XREADGROUP GROUP g c COUNT 3 STREAMS s >");
    client.line("XCLAIM s g c 0 2-0 IDLE 50000 JUSTID");
    client.line("XCLAIM s g c 0 1-0 IDLE 40000 JUSTID");
    List<Reply> read = read("XREADGROUP GROUP g d CLAIM 30000 STREAMS s >");
    assertThat(ids(read)).containsExactly("2-0", "1-0", "4-0");
    assertThat(Long.parseLong(read.getFirst().elements().get(2).text()))
        .isBetween(50_000L, 60_000L);
    assertThat(count(read.get(0))).isEqualTo("1");
    assertThat(read.get(2).elements().get(2).text()).isEqualTo("0");
    assertThat(count(read.get(2))).isEqualTo("0");
    assertThat(pending())
        .containsExactly("1-0 d idle 2", "2-0 d idle 2", "3-0 c idle 1", "4-0 d idle 1");
  }

  @Test
  void aCountCountsWhatIsClaimedAsWell() {
    client.line("XREADGROUP GROUP g c COUNT 2 STREAMS s >");
    assertThat(ids(read("XREADGROUP GROUP g d COUNT 1 CLAIM 0 STREAMS s >")))
        .containsExactly("1-0");
    assertThat(ids(read("XREADGROUP GROUP g d COUNT 3 CLAIM 0 STREAMS s >")))
        .containsExactly("2-0", "1-0", "3-0");
  }

  @Test
  void whatIsClaimedStaysPendingEvenIfWhatIsNewDoesNot() {
    client.line("XREADGROUP GROUP g c COUNT 1 STREAMS s >");
    assertThat(read("XREADGROUP GROUP g d NOACK CLAIM 0 STREAMS s >")).hasSize(4);
    assertThat(pending()).containsExactly("1-0 d idle 2");
  }

  @Test
  void anIdOfOnesOwnHistoryMakesClaimWithoutEffect() {
    client.line("XREADGROUP GROUP g c COUNT 1 STREAMS s >");
    assertThat(read("XREADGROUP GROUP g c CLAIM 0 STREAMS s 0").getFirst().elements()).hasSize(2);
  }

  @Test
  void whatTheStreamHasNoMoreIsNotClaimedAndPendingNoMore() {
    client.line("XREADGROUP GROUP g c STREAMS s >");
    client.line("XTRIM s MAXLEN 0");
    assertThat(client.line("XREADGROUP GROUP g d CLAIM 0 STREAMS s >")).isEqualTo("*-1\r\n");
    assertThat(pending()).isEmpty();
  }

  @Test
  void aStreamThatIsNamedTwiceGivesItsEntriesOnce() {
    client.line("XREADGROUP GROUP g c COUNT 2 STREAMS s >");
    assertThat(client.reply("XREADGROUP GROUP g d CLAIM 0 STREAMS s s > >".split(" ")).elements())
        .hasSize(1);
  }

  @Test
  void timesAreNotNegativeAndCanBeAsLongAsALongIs() {
    for (String wrong : List.of("test", "5.5", "+10", "-0")) {
      assertThat(client.line("XREADGROUP GROUP g c CLAIM " + wrong + " STREAMS s >"))
          .startsWith("-ERR min-idle-time is not an integer");
    }
    assertThat(client.line("XREADGROUP GROUP g c CLAIM -10 STREAMS s >"))
        .isEqualTo("-ERR min-idle-time must be a positive integer\r\n");
    assertThat(client.line("XREAD CLAIM 10 STREAMS s 0"))
        .startsWith("-ERR The CLAIM option is only supported");
    client.line("XREADGROUP GROUP g c COUNT 1 STREAMS s >");
    assertThat(ids(read("XREADGROUP GROUP g d CLAIM 9223372036854775807 STREAMS s >")))
        .containsExactly("2-0", "3-0", "4-0");
    assertThat(client.line("XREADGROUP GROUP g d BLOCK 1 CLAIM 9223372036854775807 STREAMS s >"))
        .isEqualTo("*-1\r\n");
  }

  @Test
  void aConsumerThatWaitsIsGivenWhatHasBecomeOldEnough() {
    client.line("XREADGROUP GROUP g c STREAMS s >");
    RespConnection waiting = node.connect();
    waiting.send("XREADGROUP GROUP g d BLOCK 0 CLAIM 60 STREAMS s >".split(" "));
    List<Reply> read = entries(Reply.parse(waiting.read()));
    assertThat(ids(read)).containsExactly("1-0", "2-0", "3-0", "4-0");
    assertThat(Long.parseLong(read.getFirst().elements().get(2).text())).isGreaterThanOrEqualTo(60);
  }

  // ---- XNACK ----

  @Test
  void whatIsGivenBackIsClaimedFirstInTheOrderOfGivingBack() {
    client.line("XREADGROUP GROUP g c STREAMS s >");
    assertThat(client.line("XNACK s g FAIL IDS 2 3-0 1-0")).isEqualTo(":2\r\n");
    assertThat(pending()).containsExactly("1-0  -1 1", "2-0 c idle 1", "3-0  -1 1", "4-0 c idle 1");
    assertThat(pending("c")).containsExactly("2-0 c idle 1", "4-0 c idle 1");
    assertThat(client.line("XNACK s g FAIL IDS 1 3-0")).as("behind 1-0 now").isEqualTo(":1\r\n");
    List<Reply> read = read("XREADGROUP GROUP g d COUNT 3 CLAIM 0 STREAMS s >");
    assertThat(ids(read)).containsExactly("1-0", "3-0", "2-0");
    assertThat(read.getFirst().elements().get(2).text()).isEqualTo("-1");
  }

  @Test
  void theModeSaysWhetherTheDeliveryCounts() {
    client.line("XREADGROUP GROUP g c STREAMS s >");
    client.line("XNACK s g SILENT IDS 1 1-0");
    client.line("XNACK s g FAIL IDS 1 2-0");
    client.line("XNACK s g FATAL IDS 1 3-0");
    client.line("XNACK s g FATAL RETRYCOUNT 42 IDS 1 4-0");
    assertThat(pending())
        .containsExactly("1-0  -1 0", "2-0  -1 1", "3-0  -1 9223372036854775807", "4-0  -1 42");
    client.line("XNACK s g SILENT IDS 1 1-0");
    assertThat(pending().getFirst()).isEqualTo("1-0  -1 0");
    client.line("XCLAIM s g d 99999999999999 3-0");
    assertThat(pending("d")).containsExactly("3-0 d idle 9223372036854775807");
  }

  @Test
  void entriesThatAreNotPendingAreGivenBackByForceAlone() {
    assertThat(client.line("XNACK s g FAIL IDS 1 1-0")).isEqualTo(":0\r\n");
    assertThat(client.line("XNACK s g FAIL FORCE IDS 2 1-0 9-9")).isEqualTo(":1\r\n");
    assertThat(client.line("XNACK s g FATAL IDS 1 2-0 FORCE")).isEqualTo(":1\r\n");
    assertThat(client.line("XNACK s g FAIL IDS 1 3-0 RETRYCOUNT 7 FORCE")).isEqualTo(":1\r\n");
    assertThat(pending()).containsExactly("1-0  -1 0", "2-0  -1 9223372036854775807", "3-0  -1 7");
  }

  @Test
  void whatIsGivenBackIsClaimableByAllWhoClaim() {
    client.line("XREADGROUP GROUP g c STREAMS s >");
    client.line("XNACK s g FAIL IDS 3 1-0 2-0 3-0");
    client.line("XDEL s 3-0");
    assertThat(client.line("XCLAIM s g d 9223372036854775807 1-0 JUSTID"))
        .isEqualTo("*1\r\n$3\r\n1-0\r\n");
    assertThat(client.line("XAUTOCLAIM s g d 9223372036854775807 0 JUSTID"))
        .isEqualTo("*3\r\n$3\r\n0-0\r\n*1\r\n$3\r\n2-0\r\n*1\r\n$3\r\n3-0\r\n");
    assertThat(ids(read("XREADGROUP GROUP g c STREAMS s 0"))).containsExactly("4-0");
  }

  @Test
  void aConsumerThatGoesLeavesWhatItGaveBack() {
    client.line("XREADGROUP GROUP g c COUNT 2 STREAMS s >");
    client.line("XNACK s g FAIL IDS 1 1-0");
    assertThat(client.line("XINFO STREAM s FULL")).contains("nacked-count\r\n:1\r\n");
    assertThat(client.line("XGROUP DELCONSUMER s g c")).isEqualTo(":1\r\n");
    assertThat(pending()).containsExactly("1-0  -1 1");
    client.line("XACK s g 1-0");
    assertThat(client.line("XINFO STREAM s FULL")).doesNotContain("nacked-count");
  }

  @Test
  void aConsumerThatWaitsToClaimGetsWhatIsGivenBack() {
    client.line("XREADGROUP GROUP g c STREAMS s >");
    RespConnection waiting = node.connect();
    waiting.send("XREADGROUP GROUP g d BLOCK 0 CLAIM 100000 STREAMS s >".split(" "));
    awaitBlocked(1);
    client.line("XNACK s g FAIL IDS 2 1-0 2-0");
    assertThat(ids(entries(Reply.parse(waiting.read())))).containsExactly("1-0", "2-0");
    assertThat(pending("d")).hasSize(2);
  }

  @Test
  void whatIsWrongIsNamed() {
    client.line("XREADGROUP GROUP g c STREAMS s >");
    for (String[] wrong :
        new String[][] {
          {"XNACK t g FAIL IDS 1 1-0", "NOGROUP No such key 't' or consumer group 'g'"},
          {"XNACK s h FAIL IDS 1 1-0", "NOGROUP No such key 's' or consumer group 'h'"},
          {"XNACK s g SILENT IDS 1", "ERR wrong number of arguments"},
          {"XNACK s g BAD IDS 1 1-0", "ERR mode must be SILENT, FAIL, or FATAL"},
          {"XNACK s g FAIL FATAL IDS 1 1-0", "ERR Unrecognized XNACK option 'FATAL'"},
          {"XNACK s g FAIL IDS 1 1-0 2-0", "ERR Unrecognized XNACK option '2-0'"},
          {"XNACK s g FAIL IDS 1 1-0 RETRYCOUNT", "ERR Unrecognized XNACK option 'RETRYCOUNT'"},
          {"XNACK s g FAIL FORCE RETRYCOUNT 5", "ERR syntax error, expected IDS keyword"},
          {"XNACK s g FAIL IDS 0 1-0", "ERR numids must be a positive integer"},
          {"XNACK s g FAIL IDS 2 1-0", "ERR number of IDs doesn't match numids"},
          {"XNACK s g FAIL IDS 1 1-x", "ERR Invalid stream ID"},
          {"XNACK s g FAIL IDS 1 1-0 RETRYCOUNT a", "ERR value is not an integer"},
          {"XNACK s g FAIL IDS 1 1-0 RETRYCOUNT -1", "ERR Invalid RETRYCOUNT value, must be >= 0"},
        }) {
      assertThat(client.line(wrong[0])).startsWith("-" + wrong[1]);
    }
    assertThat(pending("c")).hasSize(4);
  }
}
