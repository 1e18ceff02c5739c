package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Error texts of Redis 7.0. */
class RefusalsTest {
  private final SingleNode node = SingleNode.start();
  private final RespConnection client = node.connect();
  private final Refusals refusals = node.refusals();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void writesAreRefusedWhileReplicasLackAndReadsAreNot() {
    refusals.lacksReplicas(true);
    assertThat(client.call("SET", "a", "1"))
        .isEqualTo("-NOREPLICAS Not enough good replicas to write.\r\n");
    assertThat(client.call("GET", "a")).isEqualTo("$-1\r\n");
    refusals.lacksReplicas(false);
    assertThat(client.call("SET", "a", "1")).isEqualTo("+OK\r\n");
  }

  @Test
  void aTransactionWithAWriteIsRefusedWhenItIsToRun() {
    client.call("MULTI");
    client.call("SET", "a", "1");
    refusals.lacksReplicas(true);
    assertThat(client.call("EXEC"))
        .isEqualTo(
            "-EXECABORT Transaction discarded because of: "
                + "NOREPLICAS Not enough good replicas to write.\r\n");
    client.call("MULTI");
    client.call("GET", "a");
    assertThat(client.call("EXEC")).isEqualTo("*1\r\n$-1\r\n");
  }

  @Test
  void whatADiskRefusesIsSaidInItsWords() {
    refusals.writes("MISCONF the disk is full");
    assertThat(client.call("DEL", "a")).isEqualTo("-MISCONF the disk is full\r\n");
    assertThat(client.call("GET", "a")).isEqualTo("$-1\r\n");
  }

  @Test
  void aStaleReplicaAnswersWhatIsAllowedThen() {
    refusals.stale(true);
    assertThat(client.call("DBSIZE"))
        .isEqualTo(
            "-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.\r\n");
    assertThat(client.text("INFO", "server")).contains("redis_version");
    assertThat(client.call("PUBLISH", "c", "m")).isEqualTo(":0\r\n");
  }

  @Test
  void whileKeysAreLoadedOnlyWhatIsAllowedThenRuns() {
    refusals.loading(true);
    assertThat(client.call("GET", "a"))
        .isEqualTo("-LOADING Redis is loading the dataset in memory\r\n");
    assertThat(client.text("INFO", "server")).contains("redis_version");
    assertThat(client.call("MULTI")).isEqualTo("+OK\r\n");
    assertThat(client.call("GET", "a")).startsWith("-LOADING");
    assertThat(client.call("EXEC")).startsWith("-EXECABORT");
  }
}
