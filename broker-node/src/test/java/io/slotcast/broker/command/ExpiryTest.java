package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Expiry by the real clock, on a node as it runs. */
class ExpiryTest {
  private SingleNode node;
  private RespConnection connection;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    connection = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void keysThatNobodyAsksForAreRemovedWhenTheirTimeIsOver() {
    for (int i = 0; i < 500; i++) {
      connection.call("SET", "soon-" + i, "v", "PX", "20");
      connection.call("SET", "late-" + i, "v", "EX", "1000");
    }
    await().until(() -> connection.line("DBSIZE").equals(":500\r\n"));
    assertThat(connection.text("INFO", "stats")).contains("expired_keys:500\r\n");
    assertThat(connection.text("INFO", "keyspace")).contains("db0:keys=500,expires=500,");
    assertThat(connection.line("GET late-7")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void aKeyPastItsTimeIsGoneForEveryCommand() {
    connection.line("SET k v PXAT 1");
    assertThat(connection.line("GET k")).isEqualTo("$-1\r\n");
    assertThat(connection.line("EXISTS k")).isEqualTo(":0\r\n");
    assertThat(connection.line("TYPE k")).isEqualTo("+none\r\n");
    assertThat(connection.line("TTL k")).isEqualTo(":-2\r\n");
    assertThat(connection.line("SET k w XX")).isEqualTo("$-1\r\n");
    assertThat(connection.line("SETNX k w")).isEqualTo(":1\r\n");
    assertThat(connection.line("TTL k")).isEqualTo(":-1\r\n");
  }

  @Test
  void lookUpsAreCountedAsHitsAndMisses() {
    connection.line("SET k v");
    connection.line("GET k");
    connection.line("EXISTS k k {k}j");
    connection.line("GET j");
    assertThat(connection.text("INFO", "stats"))
        .contains("keyspace_hits:3\r\nkeyspace_misses:2\r\n");
    connection.line("CONFIG RESETSTAT");
    assertThat(connection.text("INFO", "stats"))
        .contains("keyspace_hits:0\r\nkeyspace_misses:0\r\n");
  }
}
