package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of connections, changed by CONFIG SET while connections are open. */
class LimitsTest {
  private SingleNode node;
  private RespConnection admin;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    admin = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void set(String directive, String value) {
    assertThat(admin.call("CONFIG", "SET", directive, value)).isEqualTo("+OK\r\n");
  }

  @Test
  void overMaxclientsAConnectionIsRefusedUntilThereIsRoom() {
    set("maxclients", "2");
    RespConnection second = node.connect();
    assertThat(second.line("PING")).isEqualTo("+PONG\r\n");
    assertThat(node.connect().sendRaw("PING\r\n").readUntil("<never>"))
        .isEqualTo("-ERR max number of clients reached\r\n<closed>");
    assertThat(node.connect().readUntil("<never>"))
        .as("a client that waits for the server to speak")
        .isEqualTo("-ERR max number of clients reached\r\n<closed>");
    assertThat(admin.text("INFO", "stats")).contains("rejected_connections:2\r\n");
    second.close();
    await().until(() -> admin.text("INFO", "clients").contains("connected_clients:1\r\n"));
    assertThat(node.connect().line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void overMaxclientsAnotherNodeIsListenedTo() {
    set("maxclients", "1");
    String nonce = "00".repeat(32);
    assertThat(node.connect().send("PEERLINK", "1", "a".repeat(40), nonce).readUntil("<never>"))
        .isEqualTo("-ERR unknown node " + "a".repeat(40) + "\r\n<closed>");
  }

  @Test
  void anIdleClientIsClosedAndASubscriberIsNot() {
    RespConnection subscriber = node.connect();
    subscriber.line("SUBSCRIBE news");
    RespConnection idle = node.connect();
    idle.line("PING");
    set("timeout", "1");
    assertThat(idle.isClosedByServer()).isTrue();
    RespConnection publisher = node.connect();
    assertThat(publisher.line("PUBLISH news x")).isEqualTo(":1\r\n");
    assertThat(subscriber.read()).endsWith("$1\r\nx\r\n");
  }

  @Test
  void aLowerOutputLimitHoldsForThoseWhoAreSubscribed() {
    RespConnection slow = node.connect();
    slow.line("SUBSCRIBE news");
    set("client-output-buffer-limit", "pubsub 2000000 0 0");
    String payload = "x".repeat(500_000);
    await()
        .until(
            () -> {
              admin.call("PUBLISH", "news", payload);
              return admin.text("INFO", "clients").contains("connected_clients:1\r\n");
            });
    assertThat(admin.text("INFO", "stats"))
        .contains("client_output_buffer_limit_disconnections:1\r\n");
  }

  @Test
  void overTheSoftLimitForTooLongASubscriberIsClosedThoughNothingMoreComes() {
    RespConnection slow = node.connect();
    slow.line("SUBSCRIBE news");
    set("client-output-buffer-limit", "pubsub 0 1 1");
    String payload = "x".repeat(1_000_000);
    // Until the sockets' buffers are full.
    await()
        .until(
            () -> {
              admin.call("PUBLISH", "news", payload);
              return !admin.text("CLIENT", "LIST", "TYPE", "pubsub").contains(" omem=0 ");
            });
    await().until(() -> admin.text("INFO", "clients").contains("connected_clients:1\r\n"));
  }

  @Test
  void anArgumentLongerThanProtoMaxBulkLenIsNoRequest() {
    set("proto-max-bulk-len", "1mb");
    assertThat(admin.sendRaw("*2\r\n$4\r\nECHO\r\n$1048577\r\n").readUntil("<never>"))
        .isEqualTo("-ERR Protocol error: invalid bulk length\r\n<closed>");
  }

  @Test
  void moreUnfinishedInputThanTheQueryBufferTakesEndsTheConnection() {
    RespConnection client = node.connect();
    client.line("PING");
    set("client-query-buffer-limit", "1mb");
    // The limit reaches the connection before what it sends after this reply.
    client.line("PING");
    client.sendRaw("*2\r\n$4\r\nECHO\r\n$8000000\r\n" + "x".repeat(2_000_000));
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(admin.line("PING")).isEqualTo("+PONG\r\n");
  }
}
