package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients get of a replica, before and after READONLY, as of Redis 7.0. */
class ReadOnlyReplicaTest {
  private static final String MOVED = "-MOVED 15495 127.0.0.9:1\r\n";

  private final SingleNode node = SingleNode.start();
  private final RespConnection client = node.connect();

  @BeforeEach
  void becomeReplica() {
    client.call("SET", "a", "1");
    Topology alone = node.membership().current();
    Shard shard = alone.shards().getFirst();
    Node primary = Node.plain(NodeId.random(new Random(1)), "127.0.0.9", 1);
    Shard withPrimary =
        new Shard(shard.id(), primary.id(), List.of(shard.primary()), shard.slots(), 2);
    node.membership().serving(false);
    node.membership().change(alone.withNode(primary).withShard(withPrimary).withEpoch(2));
    node.passive(true);
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void keysAreThePrimarysUntilTheClientSaysReadOnly() {
    assertThat(client.call("GET", "a")).isEqualTo(MOVED);
    client.call("READONLY");
    assertThat(client.call("GET", "a")).isEqualTo("$1\r\n1\r\n");
    assertThat(client.call("SET", "a", "2")).isEqualTo(MOVED);
    client.call("READWRITE");
    assertThat(client.call("GET", "a")).isEqualTo(MOVED);
  }

  @Test
  void aTransactionOfReadsRuns() {
    client.call("READONLY");
    client.call("WATCH", "a");
    client.call("MULTI");
    assertThat(client.call("GET", "a")).isEqualTo("+QUEUED\r\n");
    assertThat(client.call("EXEC")).isEqualTo("*1\r\n$1\r\n1\r\n");
  }

  @Test
  void aTransactionWithAWriteIsRefused() {
    client.call("READONLY");
    client.call("MULTI");
    client.call("GET", "a");
    assertThat(client.call("SET", "a", "2")).isEqualTo(MOVED);
    assertThat(client.call("EXEC")).startsWith("-EXECABORT");
  }

  @Test
  void aReaderWaitsForWhatThePrimaryWrites() {
    RespConnection waiting = node.connect();
    waiting.call("READONLY");
    waiting.send("XREAD", "BLOCK", "0", "STREAMS", "{a}x", "0");
    await().until(() -> client.text("INFO", "clients").contains("blocked_clients:1\r\n"));
    node.repeat("*5\r\n$4\r\nXADD\r\n$4\r\n{a}x\r\n$3\r\n1-1\r\n$1\r\nf\r\n$1\r\nv\r\n");
    assertThat(waiting.read()).contains("1-1");
  }

  @Test
  void whoWouldTakeElementsIsSentToThePrimary() {
    client.call("READONLY");
    assertThat(client.call("BLPOP", "a", "0")).isEqualTo(MOVED);
  }
}
