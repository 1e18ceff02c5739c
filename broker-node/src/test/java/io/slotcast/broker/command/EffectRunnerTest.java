package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.broker.resp.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Effects on the passive slots of a node whose clients look at them. */
class EffectRunnerTest {
  private final SingleNode node = SingleNode.start();
  private final RespConnection client = node.connect();
  private final List<String> failures = new ArrayList<>();
  private final List<Integer> passedOver = new ArrayList<>();
  private final EffectRunner runner =
      node.effectRunner(
          slot -> !passedOver.contains(slot), (command, error) -> failures.add(command + error));

  @BeforeEach
  void passive() {
    node.passive(true);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void anEffectThatIsNotAllThereWaitsForTheRest() {
    byte[] effects = bytes("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n");
    byte[] two = bytes(new String(effects, StandardCharsets.US_ASCII).repeat(2));
    int cut = effects.length + 20;
    int ran = run(two, 0, cut);
    assertThat(ran).isEqualTo(effects.length);
    assertThat(runner.ran()).isOne();
    byte[] rest = Arrays.copyOfRange(two, ran, two.length);
    assertThat(run(rest, 0, rest.length)).isEqualTo(rest.length);
    assertThat(runner.ran()).isEqualTo(2);
    assertThat(client.call("GET", "a")).isEqualTo("$1\r\n1\r\n");
  }

  @Test
  void aTransactionRunsOnlyWhenItIsAllThere() {
    byte[] transaction = requests("MULTI", "SET {a}1 x", "SET {a}2 y", "EXEC");
    for (int to = 0; to < transaction.length; to++) {
      assertThat(run(transaction, 0, to)).isZero();
    }
    assertThat(runner.ran()).isZero();
    assertThat(run(transaction, 0, transaction.length)).isEqualTo(transaction.length);
    assertThat(client.texts("MGET", "{a}1", "{a}2")).containsExactly("x", "y");
  }

  @Test
  void anEffectSeesAKeyWhoseTimeIsOverHereAndAClientDoesNot() {
    run("SET a 1 PXAT 1", "INCR a");
    assertThat(client.call("GET", "a")).isEqualTo("$-1\r\n");
    assertThat(client.call("EXISTS", "a")).isEqualTo(":0\r\n");
    assertThat(client.call("DBSIZE")).isEqualTo(":1\r\n");
    run("PERSIST a");
    assertThat(client.call("GET", "a")).isEqualTo("$1\r\n2\r\n");
  }

  @Test
  void aFieldWhoseTimeIsOverIsHiddenUntilAnEffectRemovesIt() {
    run("HSET h f 1 g 2", "HPEXPIREAT h 1 FIELDS 1 f");
    assertThat(client.texts("HGETALL", "h")).containsExactly("g", "2");
    run("HINCRBY h f 4", "HPERSIST h FIELDS 1 f");
    assertThat(client.text("HGET", "h", "f")).isEqualTo("5");
  }

  @Test
  void aHashIsHiddenWhenTheTimeOfAllItsFieldsIsOver() {
    run("HSET h f 1", "HPEXPIREAT h 1 FIELDS 1 f");
    assertThat(client.call("TYPE", "h")).isEqualTo("+none\r\n");
    run("HDEL h f");
    assertThat(client.call("DBSIZE")).isEqualTo(":0\r\n");
  }

  @Test
  void aDelayedEntryComesByAnEffectAndNotByTheClock() {
    run("XADD x AT 1 1-0 f v");
    assertThat(client.call("XLEN", "x")).isEqualTo(":0\r\n");
    run("XDEL x 1-0", "XADD x 1-0 f v");
    assertThat(client.call("XLEN", "x")).isEqualTo(":1\r\n");
  }

  @Test
  void whatWasDueHappensWhenTheSlotsAreActiveAgain() {
    run("SET a 1 PXAT 1", "XADD x AT 1 1-0 f v", "HSET h f 1 g 2", "HPEXPIREAT h 1 FIELDS 1 f");
    node.passive(false);
    await().until(() -> client.call("DBSIZE"), ":2\r\n"::equals);
    await().until(() -> client.call("XLEN", "x"), ":1\r\n"::equals);
    assertThat(client.call("HLEN", "h")).isEqualTo(":1\r\n");
  }

  @Test
  void whoWaitsForAKeyIsServedByItsEffect() {
    RespConnection waiting = node.connect().send("XREAD", "BLOCK", "0", "STREAMS", "x", "0");
    await().until(() -> client.text("INFO", "clients").contains("blocked_clients:1\r\n"));
    run("XADD x 1-1 f v");
    assertThat(waiting.read()).contains("1-1");
  }

  @Test
  void effectsOfSlotsThatAreNotWantedArePassedOver() {
    passedOver.add(15495); // of "a"
    run("SET a 1", "SET b 2", "MULTI", "SET {a}1 1", "SET {a}2 2", "EXEC");
    assertThat(runner.ran()).isOne();
    assertThat(client.texts("KEYS", "*")).containsExactly("b");
  }

  @Test
  void whatRedisWritesBesidesWritesToKeysIsTaken() {
    run("SELECT 0", "PING", "SET a 1", "FLUSHALL", "SET b 1");
    assertThat(failures).isEmpty();
    assertThat(client.texts("KEYS", "*")).containsExactly("b");
  }

  @Test
  void whatFailsIsToldAndTheRestRuns() {
    run("SET a x", "INCR a", "NOSUCH a", "SELECT 1", "INFO", "SET b 1");
    assertThat(failures)
        .containsExactly(
            "incrERR value is not an integer or out of range",
            "NOSUCHERR unknown command",
            "selectERR there is one database only, 0",
            "infoERR not an effect");
    assertThat(client.text("GET", "b")).isEqualTo("1");
  }

  @Test
  void effectsThatAreRepeatedHaveNone() {
    List<String> effects = new ArrayList<>();
    node.recordEffects((slot, words) -> effects.add(Integer.toString(slot)));
    run("SET a 1 PXAT 1", "DEL a", "SADD s x", "FLUSHALL");
    assertThat(effects).isEmpty();
  }

  @Test
  void bytesThatAreNoRequestAreRefused() {
    byte[] broken = bytes("*1\r\n!\r\n");
    assertThatThrownBy(() -> run(broken, 0, broken.length))
        .hasRootCauseInstanceOf(ProtocolException.class);
  }

  private int run(byte[] array, int from, int to) {
    return node.onLoop(() -> runner.run(array, from, to));
  }

  private void run(String... commands) {
    byte[] effects = requests(commands);
    assertThat(run(effects, 0, effects.length)).isEqualTo(effects.length);
  }

  private static byte[] requests(String... commands) {
    StringBuilder requests = new StringBuilder();
    for (String command : commands) {
      String[] words = command.split(" ");
      requests.append('*').append(words.length).append("\r\n");
      for (String word : words) {
        requests.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
    }
    return bytes(requests.toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
