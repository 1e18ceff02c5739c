package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Transactions of many clients on several event loops; what one client sees is oracle's. */
class TransactionTest {
  private static SingleNode node;

  @BeforeAll
  static void start() {
    node = SingleNode.start("--io-threads", "2");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void together(int clients, Runnable each)
      throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(each));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  @Test
  void nobodySeesATransactionHalfDone() throws Exception {
    together(
        8,
        () -> {
          try (RespConnection connection = RespConnection.to(node.port())) {
            for (int i = 0; i < 200; i++) {
              connection.send("MULTI").send("INCR", "{both}a").send("INCR", "{both}b").send("EXEC");
              connection.send("MGET", "{both}a", "{both}b");
              for (int reply = 0; reply < 3; reply++) {
                connection.read();
              }
              Reply done = Reply.parse(connection.read());
              assertThat(done.elements().get(0)).isEqualTo(done.elements().get(1));
              Reply seen = Reply.parse(connection.read());
              assertThat(seen.elements().get(0)).isEqualTo(seen.elements().get(1));
            }
          }
        });
    assertThat(node.connect().text("GET", "{both}a")).isEqualTo("1600");
  }

  @Test
  void watchedKeysMakeReadAndWriteOneStep() throws Exception {
    together(
        6,
        () -> {
          try (RespConnection connection = RespConnection.to(node.port())) {
            for (int done = 0; done < 50; ) {
              connection.line("WATCH {cas}n");
              Reply found = connection.reply("GET", "{cas}n");
              int next = found.text().isEmpty() ? 1 : Integer.parseInt(found.text()) + 1;
              connection.line("MULTI");
              connection.call("SET", "{cas}n", Integer.toString(next));
              done += connection.line("EXEC").equals("*-1\r\n") ? 0 : 1;
            }
          }
        });
    assertThat(node.connect().text("GET", "{cas}n")).isEqualTo("300");
  }

  @Test
  void aWatchedKeyThatExpiresHasChanged() {
    RespConnection connection = node.connect();
    connection.line("SET {soon}k v PX 30");
    connection.line("WATCH {soon}k");
    connection.line("MULTI");
    connection.line("PING");
    RespConnection other = node.connect();
    await().until(() -> other.line("EXISTS {soon}k").equals(":0\r\n"));
    assertThat(connection.line("EXEC")).isEqualTo("*-1\r\n");
  }

  @Test
  void aKeyThatHadExpiredWhenItWasWatchedHasNot() {
    RespConnection connection = node.connect();
    connection.line("SET {past}k v PXAT 1");
    connection.line("WATCH {past}k");
    connection.line("MULTI");
    connection.line("PING");
    assertThat(connection.line("EXEC")).isEqualTo("*1\r\n+PONG\r\n");
  }

  @Test
  void subscriptionsAreNotQueued() {
    RespConnection connection = node.connect();
    connection.line("MULTI");
    assertThat(connection.line("SUBSCRIBE news"))
        .isEqualTo("-ERR Command not allowed inside a transaction\r\n");
    assertThat(connection.line("EXEC")).startsWith("-EXECABORT");
  }

  @Test
  void clientListTellsOfTheTransactionAndOfWatches() {
    RespConnection connection = node.connect();
    connection.line("CLIENT SETNAME planner");
    connection.line("WATCH {list}k");
    connection.line("MULTI");
    connection.line("PING");
    RespConnection other = node.connect();
    String line =
        other
            .text("CLIENT", "LIST")
            .lines()
            .filter(each -> each.contains("name=planner"))
            .findFirst()
            .orElseThrow();
    assertThat(line).contains(" flags=x ", " multi=1 ", " watch=1 ");
    other.line("SET {list}k v");
    assertThat(other.text("CLIENT", "LIST")).contains(" flags=xd ");
  }
}
