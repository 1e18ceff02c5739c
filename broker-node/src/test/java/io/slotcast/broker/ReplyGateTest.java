package io.slotcast.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.net.ReplyGate;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replies leave when what they tell of is as safe as the gate asks for. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ReplyGateTest {
  @Test
  void aWriteIsAnsweredWhenItsOffsetHasPassed() {
    try (SingleNode node = SingleNode.start()) {
      node.node().slots().effects().keep(1_000);
      ReplyGate.Condition condition = node.node().gate().newCondition();
      condition.passed(0);
      RespConnection client = node.connect();

      client.send("SET", "k", "v");
      client.send("GET", "k");
      await().until(() -> node.node().slots().effects().offset() > 0);
      assertUnanswered(client, node);
      condition.passed(node.node().slots().effects().offset());

      assertThat(client.read()).isEqualTo("+OK\r\n");
      assertThat(client.read()).isEqualTo("$1\r\nv\r\n");
    }
  }

  @Test
  void nobodyIsShownWhatMayStillBeLost() {
    try (SingleNode node = SingleNode.start()) {
      node.node().slots().effects().keep(1_000);
      ReplyGate.Condition condition = node.node().gate().newCondition();
      condition.passed(0);
      RespConnection writer = node.connect();
      RespConnection reader = node.connect();

      writer.send("SET", "{k}1", "v");
      await().until(() -> node.node().slots().effects().offset() > 0);
      // Another slot has nothing to wait for.
      assertThat(reader.call("GET", "other")).isEqualTo("$-1\r\n");
      reader.send("GET", "{k}2");
      assertUnanswered(reader, node);
      condition.lift();

      assertThat(reader.read()).isEqualTo("$-1\r\n");
      assertThat(writer.read()).isEqualTo("+OK\r\n");
    }
  }

  @Test
  void aConnectionWhoseRepliesWaitIsNotReadFrom() {
    try (SingleNode node = SingleNode.start()) {
      node.node().slots().effects().keep(1_000);
      ReplyGate.Condition condition = node.node().gate().newCondition();
      condition.passed(0);
      RespConnection client = node.connect();

      client.send("SET", "k", "1");
      await().until(() -> node.node().slots().effects().offset() > 0);
      assertUnanswered(client, node);
      long before = node.node().slots().effects().offset();
      client.send("SET", "k", "2");
      assertUnanswered(client, node);
      assertThat(node.node().slots().effects().offset()).isEqualTo(before);
      condition.passed(before);

      assertThat(client.read()).isEqualTo("+OK\r\n");
      await().until(() -> node.node().slots().effects().offset() > before);
      condition.passed(node.node().slots().effects().offset());
      assertThat(client.read()).isEqualTo("+OK\r\n");
    }
  }

  @Test
  void whoIsServedWhatAnotherPushedWaitsForTheSame() {
    try (SingleNode node = SingleNode.start()) {
      node.node().slots().effects().keep(1_000);
      ReplyGate.Condition condition = node.node().gate().newCondition();
      condition.passed(0);
      RespConnection waiting = node.connect();
      RespConnection pushing = node.connect();
      waiting.send("BLPOP", "l", "0");
      pushing.send("RPUSH", "l", "x");

      await().until(() -> node.node().slots().effects().offset() > 0);
      assertUnanswered(waiting, node);
      condition.passed(node.node().slots().effects().offset());

      assertThat(waiting.read()).isEqualTo("*2\r\n$1\r\nl\r\n$1\r\nx\r\n");
      assertThat(pushing.read()).isEqualTo(":1\r\n");
    }
  }

  @Test
  void whereTheRightToReplyIsLostTheConnectionIsClosedUnanswered() {
    try (SingleNode node = SingleNode.start()) {
      node.node().slots().effects().keep(1_000);
      node.node().gate().newCondition().passed(0);
      RespConnection client = node.connect();

      client.send("SET", "k", "v");
      await().until(() -> node.node().slots().effects().offset() > 0);
      node.membership().serving(false);

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  /** Another client's round trip ends the turn in which a reply would have left. */
  private static void assertUnanswered(RespConnection client, SingleNode node) {
    assertThat(node.connect().call("PING")).isEqualTo("+PONG\r\n");
    assertThat(client.hasInput()).isFalse();
  }
}
