package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that wait for keys, many of them, on several event loops; the replies are oracle's. */
class BlockingTest {
  private SingleNode node;
  private RespConnection connection;

  @BeforeEach
  void start() {
    node = SingleNode.start("--io-threads", "2");
    connection = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void awaitBlocked(int clients) {
    RespConnection observer = node.connect();
    String wanted = "blocked_clients:" + clients + "\r\n";
    await().until(() -> observer.text("INFO", "clients").contains(wanted));
  }

  private static String element(RespConnection waiting) {
    return Reply.parse(waiting.read()).elements().get(1).text();
  }

  @Test
  void aThousandClientsGetAThousandElementsInTheOrderOfTheirComing() {
    List<RespConnection> waiting = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      waiting.add(node.connect().send("BLPOP", "jobs", "0"));
      if (i % 100 == 99) {
        awaitBlocked(i + 1);
      }
    }
    // Two loops took them in, so only batches that were awaited have an order.
    for (int i = 0; i < 1_000; i++) {
      connection.call("RPUSH", "jobs", Integer.toString(i));
    }
    boolean[] seen = new boolean[1_000];
    for (int i = 0; i < 1_000; i++) {
      int got = Integer.parseInt(element(waiting.get(i)));
      assertThat(seen[got]).as("element %d twice", got).isFalse();
      seen[got] = true;
      assertThat(got / 100).as("the batch of client %d", i).isEqualTo(i / 100);
    }
    assertThat(connection.line("EXISTS jobs")).isEqualTo(":0\r\n");
    awaitBlocked(0);
  }

  @Test
  void whatIsPushedAfterClientsHaveGoneStaysThere() {
    Random random = new Random(7);
    for (int round = 0; round < 20; round++) {
      List<RespConnection> waiting = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        waiting.add(RespConnection.to(node.port()).send("BLPOP", "jobs", "0"));
      }
      awaitBlocked(10);
      Collections.shuffle(waiting, random);
      waiting.subList(0, 5).forEach(RespConnection::close);
      awaitBlocked(5);
      for (int i = 0; i < 8; i++) {
        connection.call("RPUSH", "jobs", "job");
      }
      for (RespConnection living : waiting.subList(5, 10)) {
        assertThat(element(living)).isEqualTo("job");
        living.close();
      }
      assertThat(connection.line("LPOP jobs 10")).startsWith("*3\r\n");
    }
  }

  @Test
  void aWaitingClientIsUnblockedByAnother() {
    RespConnection waiting = node.connect();
    String id = waiting.text("CLIENT", "ID");
    waiting.send("BLPOP", "jobs", "0");
    awaitBlocked(1);
    assertThat(connection.text("CLIENT", "LIST", "ID", id)).contains(" flags=b ");
    assertThat(connection.call("CLIENT", "UNBLOCK", id)).isEqualTo(":1\r\n");
    assertThat(waiting.read()).isEqualTo("*-1\r\n");
    assertThat(connection.call("CLIENT", "UNBLOCK", id)).isEqualTo(":0\r\n");

    waiting.send("BLPOP", "jobs", "0");
    awaitBlocked(1);
    assertThat(connection.call("CLIENT", "UNBLOCK", id, "ERROR")).isEqualTo(":1\r\n");
    assertThat(waiting.read()).isEqualTo("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n");
    assertThat(waiting.line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void aNodeThatLosesItsLeaseTellsThoseWhoWait() {
    RespConnection waiting = node.connect();
    waiting.send("BLPOP", "jobs", "0");
    awaitBlocked(1);
    node.membership().serving(false);
    assertThat(waiting.read()).startsWith("-CLUSTERDOWN");
  }

  @Test
  void anElementThatExpiresWithItsListWakesNobody() {
    RespConnection waiting = node.connect();
    connection.call("MULTI");
    connection.call("RPUSH", "jobs", "stale");
    connection.call("PEXPIREAT", "jobs", "1");
    waiting.send("BLPOP", "jobs", "0");
    awaitBlocked(1);
    connection.call("EXEC");
    connection.call("RPUSH", "jobs", "fresh");
    assertThat(element(waiting)).isEqualTo("fresh");
  }

  @Test
  void aConsumerThatWaitsIsToldThatTheStreamIsGone() {
    connection.line("XGROUP CREATE events workers $ MKSTREAM");
    RespConnection waiting = node.connect();
    waiting.send("XREADGROUP", "GROUP", "workers", "w", "BLOCK", "0", "STREAMS", "events", ">");
    awaitBlocked(1);
    connection.line("DEL events");
    assertThat(waiting.read()).startsWith("-NOGROUP ");
  }

  @Test
  void aConsumerThatWaitsIsToldThatTheStreamHasExpired() {
    connection.line("XGROUP CREATE events workers $ MKSTREAM");
    connection.line("PEXPIRE events 300");
    RespConnection waiting = node.connect();
    waiting.send("XREADGROUP", "GROUP", "workers", "w", "BLOCK", "0", "STREAMS", "events", ">");
    assertThat(waiting.read()).startsWith("-NOGROUP ");
  }
}
