package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about the node as a whole. */
class NodeCommandTest {
  private SingleNode node;
  private RespConnection client;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    client = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void flushallRemovesAllKeysOfTheNode() {
    for (int i = 0; i < 100; i++) {
      client.line("SET key" + i + " x EX 100");
    }
    assertThat(client.line("DBSIZE")).isEqualTo(":100\r\n");
    assertThat(client.line("FLUSHALL")).isEqualTo("+OK\r\n");
    assertThat(client.line("DBSIZE")).isEqualTo(":0\r\n");
    assertThat(client.line("GET key1")).isEqualTo("$-1\r\n");
    assertThat(client.text("INFO", "keyspace")).isEqualTo("# Keyspace\r\n");
    client.line("SET a b");
    assertThat(client.line("FLUSHDB ASYNC")).isEqualTo("+OK\r\n");
    assertThat(client.line("DBSIZE")).isEqualTo(":0\r\n");
  }

  @Test
  void aNodeThatMayNotWriteDoesNotFlush() {
    client.line("SET a b");
    node.membership().serving(false);
    assertThat(client.line("FLUSHALL")).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
    node.membership().serving(true);
    becomeReplica();
    assertThat(client.line("FLUSHDB"))
        .isEqualTo("-READONLY You can't write against a read only replica.\r\n");
    assertThat(client.line("DBSIZE")).isEqualTo(":1\r\n");
  }

  @Test
  void aReplicaSaysSo() {
    Node primary = becomeReplica();
    assertThat(client.reply("HELLO").field("role").text()).isEqualTo("replica");
    assertThat(client.text("INFO", "replication"))
        .contains("role:slave\r\n", "master_host:127.0.0.1\r\n")
        .contains("master_port:" + primary.port() + "\r\n", "connected_slaves:0\r\n");
  }

  /** Another node becomes the primary of this one's shard; returns it. */
  private Node becomeReplica() {
    Random random = new Random(1);
    Node self = node.membership().self();
    Node primary = Node.plain(NodeId.random(random), "127.0.0.1", 1);
    Shard shard =
        new Shard(ShardId.random(random), primary.id(), List.of(self.id()), SlotSet.all(), 2);
    node.membership().change(new Topology(2, List.of(self, primary), List.of(shard), List.of()));
    return primary;
  }

  @Test
  void whatIsServedWhileSlotsAreMissingFollowsItsDirective() {
    Node self = node.membership().self();
    SlotSet half = SlotSet.range(0, 8191);
    Shard shard = new Shard(ShardId.random(new Random(1)), self.id(), List.of(), half, 2);
    node.membership().change(new Topology(2, List.of(self), List.of(shard), List.of()));
    // The slot of "b" is 3300, that of "a" 15495.
    assertThat(client.line("GET b")).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
    client.line("CONFIG SET cluster-allow-reads-when-down yes");
    assertThat(client.line("GET b")).isEqualTo("$-1\r\n");
    assertThat(client.line("SET b c"))
        .isEqualTo("-CLUSTERDOWN The cluster is down and only accepts read commands\r\n");
    client.line("CONFIG SET cluster-require-full-coverage no");
    assertThat(client.line("SET b c")).isEqualTo("+OK\r\n");
    assertThat(client.line("GET a")).isEqualTo("-CLUSTERDOWN Hash slot not served\r\n");
  }

  @Test
  void timeIsThatOfTheNodesClock() {
    List<Reply> time = client.reply("TIME").elements();
    long seconds = Long.parseLong(time.getFirst().text());
    assertThat(seconds).isCloseTo(System.currentTimeMillis() / 1000, within(60L));
    assertThat(Long.parseLong(time.getLast().text())).isBetween(0L, 999_999L);
  }

  @Test
  void shutdownEndsTheNodeWithoutAReply() {
    RespConnection other = node.connect();
    other.line("PING");
    client.send("SHUTDOWN", "NOSAVE");
    assertThat(client.isClosedByServer()).isTrue();
    assertThat(other.isClosedByServer()).isTrue();
    await().until(() -> node.node().closed().toCompletableFuture().isDone());
  }

  @Test
  void configRewriteWritesWhatChangedToTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("slotcast.conf");
    Files.writeString(file, "# mine\ntimeout 7\n");
    try (SingleNode fromFile = SingleNode.start(file)) {
      RespConnection admin = fromFile.connect();
      assertThat(admin.line("CONFIG GET timeout")).isEqualTo("*2\r\n$7\r\ntimeout\r\n$1\r\n7\r\n");
      admin.line("CONFIG SET timeout 8 maxclients 99");
      assertThat(admin.line("CONFIG REWRITE")).isEqualTo("+OK\r\n");
    }
    assertThat(Files.readAllLines(file)).contains("# mine", "timeout 8", "maxclients 99");
  }

  @Test
  void configSetIsAllOrNothing() {
    assertThat(client.line("CONFIG SET timeout 8 maxclients a"))
        .startsWith("-ERR CONFIG SET failed (possibly related to argument 'maxclients')");
    assertThat(client.line("CONFIG GET timeout")).endsWith("$1\r\n0\r\n");
    assertThat(client.call("CONFIG", "SET", "timeout", "\u00ff"))
        .isEqualTo("-ERR directives are UTF-8 text\r\n");
    assertThat(client.reply("CONFIG", "GET", "*").asMap()).containsKeys("port", "maxclients");
  }
}
