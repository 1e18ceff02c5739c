package io.slotcast.broker.replication;

import static io.slotcast.broker.ShardNodes.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.ShardNodes;
import org.junit.jupiter.api.Test;

class ReplicationTest {
  @Test
  void whatIsWrittenIsReadOnTheReplica() {
    try (ShardNodes nodes = ShardNodes.of(2)) {
      RespConnection primary = nodes.connect(0);
      primary.call("SET", "before", "1");
      nodes.awaitInSync(0, 1);
      primary.call("SET", "after", "2");
      primary.call("RPUSH", "list", "a", "b");
      nodes.awaitInSync(0, 1);
      RespConnection reader = nodes.reader(1);
      assertThat(reader.text("GET", "before")).isEqualTo("1");
      assertThat(reader.text("GET", "after")).isEqualTo("2");
      assertThat(reader.texts("LRANGE", "list", "0", "-1")).containsExactly("a", "b");
    }
  }

  @Test
  void keysThatWereThereBeforeTheReplicaCameAreLoaded() {
    try (ShardNodes nodes = ShardNodes.of(2)) {
      nodes.stop(1);
      RespConnection primary = nodes.connect(0);
      for (int i = 0; i < 5_000; i++) {
        primary.call("SET", "key" + i, "value" + i);
      }
      primary.call("SET", "large", "x".repeat(3_000_000));
      nodes.start(1);
      for (int i = 0; i < 5_000; i++) {
        primary.call("APPEND", "key" + i, "!");
      }
      nodes.awaitInSync(0, 1);
      RespConnection reader = nodes.reader(1);
      assertThat(reader.call("DBSIZE")).isEqualTo(":5001\r\n");
      for (int i = 0; i < 5_000; i++) {
        assertThat(reader.text("GET", "key" + i)).isEqualTo("value" + i + "!");
      }
      assertThat(reader.call("STRLEN", "large")).isEqualTo(":3000000\r\n");
    }
  }

  @Test
  void aPromotedReplicaGoesOnAndTheFormerPrimaryFollowsItWithoutLoadingAll() {
    try (ShardNodes nodes = ShardNodes.of(3)) {
      RespConnection first = nodes.connect(0);
      first.call("SET", "a", "1");
      nodes.awaitInSync(0, 1);
      nodes.awaitInSync(0, 2);
      String id = field(nodes.info(0), "master_replid");
      nodes.promote(1);
      RespConnection second = nodes.connect(1);
      assertThat(second.call("SET", "b", "2")).isEqualTo("+OK\r\n");
      nodes.awaitInSync(1, 0);
      nodes.awaitInSync(1, 2);
      assertThat(nodes.reader(0).text("GET", "b")).isEqualTo("2");
      assertThat(nodes.reader(2).text("GET", "b")).isEqualTo("2");
      String info = nodes.info(1);
      assertThat(field(info, "sync_partial_ok")).isEqualTo("2");
      assertThat(field(info, "sync_full")).isEqualTo("0");
      assertThat(field(info, "master_replid2")).isEqualTo(id);
      assertThat(field(info, "master_replid")).isNotEqualTo(id);
      assertThat(first.call("SET", "c", "3")).startsWith("-MOVED");
    }
  }

  @Test
  void whatOnlyTheFormerPrimaryHasIsGoneWhenItFollows() {
    try (ShardNodes nodes = ShardNodes.of(2)) {
      RespConnection first = nodes.connect(0);
      first.call("SET", "a", "1");
      nodes.awaitInSync(0, 1);
      nodes.freeze(1);
      first.call("SET", "lost", "1");
      nodes.promote(1);
      nodes.connect(1).call("SET", "b", "2");
      nodes.awaitInSync(1, 0);
      RespConnection reader = nodes.reader(0);
      assertThat(reader.call("GET", "lost")).isEqualTo("$-1\r\n");
      assertThat(reader.text("GET", "a")).isEqualTo("1");
      assertThat(reader.text("GET", "b")).isEqualTo("2");
      assertThat(field(nodes.info(1), "sync_full")).isEqualTo("1");
    }
  }

  @Test
  void aFrozenReplicaTakesNothingInUntilTheShardHasAnotherEpoch() {
    try (ShardNodes nodes = ShardNodes.of(2)) {
      RespConnection primary = nodes.connect(0);
      primary.call("SET", "a", "1");
      nodes.awaitInSync(0, 1);
      nodes.freeze(1);
      primary.call("SET", "a", "2");
      assertThat(primary.call("WAIT", "1", "300")).isEqualTo(":0\r\n");
      assertThat(nodes.reader(1).text("GET", "a")).isEqualTo("1");
      nodes.promote(0);
      nodes.awaitInSync(0, 1);
      assertThat(nodes.reader(1).text("GET", "a")).isEqualTo("2");
      assertThat(field(nodes.info(0), "sync_full")).isEqualTo("1");
    }
  }

  @Test
  void aReplicaThatIsFarBehindIsFedByTheWindow() {
    try (ShardNodes nodes = ShardNodes.of(2, "--repl-backlog-size", "1mb")) {
      RespConnection primary = nodes.connect(0);
      nodes.awaitInSync(0, 1);
      String value = "x".repeat(1_000_000);
      for (int i = 0; i < 60; i++) {
        primary.call("SET", "large" + i, value);
      }
      nodes.awaitInSync(0, 1);
      assertThat(nodes.reader(1).call("DBSIZE")).isEqualTo(":60\r\n");
      assertThat(field(nodes.info(0), "sync_full")).isEqualTo("1");
    }
  }

  @Test
  void aReplicaThatWasCutOffGoesOnFromWhereItWas() {
    try (ShardNodes nodes = ShardNodes.of(2)) {
      RespConnection primary = nodes.connect(0);
      primary.call("SET", "a", "1");
      nodes.awaitInSync(0, 1);
      nodes.breakLinks(1);
      primary.call("SET", "b", "2");
      nodes.awaitInSync(0, 1);
      assertThat(nodes.reader(1).text("GET", "b")).isEqualTo("2");
      String info = nodes.info(0);
      assertThat(field(info, "sync_full")).isEqualTo("1");
      assertThat(field(info, "sync_partial_ok")).isEqualTo("1");
    }
  }

  @Test
  void aReplicaThatHasHadNothingYetShowsNoEmptyDatabase() {
    try (ShardNodes nodes = ShardNodes.of(2)) {
      nodes.connect(0).call("SET", "a", "1");
      nodes.stop(1);
      nodes.stop(0);
      nodes.start(1);
      assertThat(nodes.reader(1).call("GET", "a")).startsWith("-LOADING ");
    }
  }

  @Test
  void waitTellsHowManyReplicasHaveTheWrite() {
    try (ShardNodes nodes = ShardNodes.of(3)) {
      nodes.awaitInSync(0, 1);
      nodes.awaitInSync(0, 2);
      RespConnection primary = nodes.connect(0);
      primary.call("SET", "a", "1");
      assertThat(primary.call("WAIT", "2", "0")).isEqualTo(":2\r\n");
      assertThat(primary.call("WAIT", "3", "50")).isEqualTo(":2\r\n");
      assertThat(primary.call("WAITAOF", "0", "1", "50")).isEqualTo("*2\r\n:0\r\n:0\r\n");
      assertThat(primary.call("WAITAOF", "1", "0", "50"))
          .isEqualTo(
              "-ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.\r\n");
      assertThat(nodes.connect(1).call("WAIT", "1", "0"))
          .startsWith("-ERR WAIT cannot be used with replica instances.");
    }
  }

  @Test
  void rolesAreTold() {
    try (ShardNodes nodes = ShardNodes.of(2)) {
      nodes.awaitInSync(0, 1);
      await().until(() -> nodes.info(0).contains("state=online"));
      assertThat(nodes.connect(0).reply("ROLE").elements().get(0).text()).isEqualTo("master");
      assertThat(nodes.connect(0).reply("ROLE").elements().get(2).elements()).hasSize(1);
      assertThat(nodes.connect(1).texts("ROLE")).contains("slave", "127.0.0.1", "connected");
    }
  }

  @Test
  void writesAreRefusedWithoutEnoughReplicas() {
    try (ShardNodes nodes = ShardNodes.of(2, "--min-replicas-to-write", "1")) {
      RespConnection primary = nodes.connect(0);
      await().until(() -> primary.call("SET", "a", "1").equals("+OK\r\n"));
      nodes.stop(1);
      await()
          .until(
              () ->
                  primary
                      .call("SET", "a", "1")
                      .equals("-NOREPLICAS Not enough good replicas to write.\r\n"));
      assertThat(primary.text("GET", "a")).isEqualTo("1");
    }
  }

  @Test
  void aReplyWaitsUntilTheReplicaHasTheWrite() {
    try (ShardNodes nodes = ShardNodes.of(2, "--min-replicas-to-ack", "1")) {
      nodes.awaitInSync(0, 1);
      RespConnection primary = nodes.connect(0);
      for (int i = 0; i < 100; i++) {
        assertThat(primary.call("SET", "a", "1")).isEqualTo("+OK\r\n");
      }
      nodes.stop(1);
      primary.send("SET", "a", "2");
      RespConnection other = nodes.connect(0);
      other.call("CONFIG", "SET", "min-replicas-to-ack", "0");
      assertThat(primary.read()).isEqualTo("+OK\r\n");
    }
  }

  @Test
  void aReplicaThatMayNotShowStaleKeysSaysSoWhileItFollowsNobody() {
    try (ShardNodes nodes = ShardNodes.of(2, "--replica-serve-stale-data", "no")) {
      nodes.connect(0).call("SET", "a", "1");
      nodes.awaitInSync(0, 1);
      RespConnection reader = nodes.reader(1);
      await().until(() -> reader.call("GET", "a").equals("$1\r\n1\r\n"));
      nodes.stop(0);
      await().until(() -> reader.call("GET", "a").startsWith("-MASTERDOWN Link with MASTER"));
    }
  }
}
