package io.slotcast.it.resharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What clients see that are in the middle of something when their slot moves at once: as {@link
 * OpenSlotSequenceTest} shows it of Redis when a slot was moved key by key.
 */
class ClientsOfAMovedSlotTest {
  /** That of {b}. */
  private static final String SLOT = "3300";

  private static final String MOVED = "MOVED 3300 ";

  @Test
  @Timeout(60)
  void whoWaitsOrWatchesIsSentToTheNewOwnerAndSubscribersAreTold() {
    try (Cluster cluster = TestCluster.start(new ClusterPlan(3, 0, List.of()));
        RespConnection source = cluster.connect(0);
        RespConnection target = cluster.connect(1);
        RespConnection popping = cluster.connect(0);
        RespConnection reading = cluster.connect(0);
        RespConnection queueing = cluster.connect(0);
        RespConnection watching = cluster.connect(0);
        RespConnection subscribed = cluster.connect(0)) {
      source.call("SET", "{b}1", "one");
      source.call("XADD", "{b}stream", "1-1", "f", "v");
      source.call("XGROUP", "CREATE", "{b}stream", "group", "$");
      popping.send("BLPOP", "{b}queue", "0");
      reading.send("XREADGROUP", "GROUP", "group", "me", "BLOCK", "0", "STREAMS", "{b}stream", ">");
      watching.call("WATCH", "{b}1");
      watching.call("MULTI");
      watching.call("PING");
      queueing.call("MULTI");
      queueing.call("SET", "{b}1", "two");
      subscribed.call("SSUBSCRIBE", "{b}channel");
      await().until(() -> source.call("INFO", "clients").text().contains("blocked_clients:2"));

      move(source, target.call("CLUSTER", "MYID").text());

      assertThat(popping.read().text()).startsWith(MOVED);
      assertThat(reading.read().text()).startsWith(MOVED);
      assertThat(queueing.call("EXEC").text()).startsWith(MOVED);
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> assertThat(source.call("CLUSTER", "COUNTKEYSINSLOT", SLOT).integer()).isZero());
      assertThat(watching.call("EXEC").isNil()).as("what was watched is gone").isTrue();
      assertThat(subscribed.read().items().getFirst().text()).isEqualTo("sunsubscribe");
      assertThat(target.call("GET", "{b}1").text()).isEqualTo("one");
      assertThat(target.call("XINFO", "GROUPS", "{b}stream").items()).hasSize(1);
    }
  }

  private static void move(RespConnection source, String target) {
    RespValue begun =
        source.call("CLUSTER", "MIGRATESLOTS", "SLOTSRANGE", SLOT, SLOT, "NODE", target);
    assertThat(begun.text()).isEqualTo("OK");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> source.call("GET", "{b}1").text().startsWith(MOVED));
  }
}
