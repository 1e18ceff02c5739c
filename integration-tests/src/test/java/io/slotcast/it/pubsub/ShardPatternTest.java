package io.slotcast.it.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * SPSUBSCRIBE: patterns over shard channels, which no Redis has. Two primaries with a replica each:
 * nodes 0 and 2 are the shard of the lower slots, 1 and 3 that of the higher ones.
 */
class ShardPatternTest {
  /** Of slot 5061, in the lower half. */
  private static final String LOW = "{bar}";

  /** Of slot 12182, in the upper half. */
  private static final String HIGH = "{foo}";

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(new ClusterPlan(2, 1, List.of()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static List<String> texts(RespValue value) {
    return value.items().stream().map(RespValue::text).toList();
  }

  @Test
  void aPatternWhoseTagFixesItsSlotIsRoutedAsThatSlotIs() {
    try (RespConnection owner = cluster.connect(0);
        RespConnection replica = cluster.connect(2);
        RespConnection stranger = cluster.connect(1)) {
      String pattern = LOW + ".*";
      assertThat(stranger.call("SPSUBSCRIBE", pattern).text())
          .isEqualTo("MOVED 5061 127.0.0.1:" + cluster.port(0));
      assertThat(texts(owner.call("SPSUBSCRIBE", pattern)))
          .containsExactly("spsubscribe", pattern, "1");
      assertThat(texts(replica.call("SPSUBSCRIBE", pattern)))
          .containsExactly("spsubscribe", pattern, "1");
      try (RespConnection publisher = cluster.connect(0)) {
        publisher.call("SPUBLISH", LOW + "other", "not matched");
        assertThat(publisher.call("SPUBLISH", LOW + ".news", "hello").integer()).isEqualTo(1);
      }
      for (RespConnection each : List.of(owner, replica)) {
        assertThat(texts(each.read()))
            .containsExactly("spmessage", pattern, LOW + ".news", "hello");
      }
    }
  }

  @Test
  void patternsOfSeveralSlotsAreCrossSlot() {
    try (RespConnection client = cluster.connect(0)) {
      assertThat(client.call("SPSUBSCRIBE", LOW + "*", HIGH + "*").text())
          .isEqualTo("CROSSSLOT Keys in request don't hash to the same slot");
    }
  }

  @Test
  void anyOtherPatternMatchesTheShardChannelsOfTheNodeAsked() {
    try (RespConnection low = cluster.connect(0);
        RespConnection high = cluster.connect(1);
        RespConnection toLow = cluster.connect(0);
        RespConnection toHigh = cluster.connect(1)) {
      low.call("SPSUBSCRIBE", "*:loose");
      high.call("SPSUBSCRIBE", "*:loose");
      toLow.call("SPUBLISH", LOW + ":loose", "to the lower slots");
      toHigh.call("SPUBLISH", HIGH + ":loose", "to the higher slots");
      assertThat(texts(low.read()))
          .containsExactly("spmessage", "*:loose", LOW + ":loose", "to the lower slots");
      assertThat(texts(high.read()))
          .containsExactly("spmessage", "*:loose", HIGH + ":loose", "to the higher slots");
    }
  }

  @Test
  void channelsAndPatternsShareACountAndClassicPatternsAreAnotherMatter() {
    try (RespConnection client = cluster.connect(0);
        RespConnection publisher = cluster.connect(0)) {
      assertThat(client.call("SSUBSCRIBE", LOW).item(2).integer()).isEqualTo(1);
      assertThat(client.call("SPSUBSCRIBE", LOW + "*").item(2).integer()).isEqualTo(2);
      assertThat(client.call("PSUBSCRIBE", "*").item(2).integer()).isEqualTo(1);

      assertThat(publisher.call("SPUBLISH", LOW, "x").integer()).isEqualTo(2);
      assertThat(client.read().item(0).text()).isEqualTo("smessage");
      assertThat(client.read().item(0).text()).isEqualTo("spmessage");
      assertThat(publisher.call("PUBLISH", LOW, "y").integer()).isEqualTo(1);
      assertThat(client.read().item(0).text()).isEqualTo("pmessage");

      assertThat(texts(client.call("SPUNSUBSCRIBE")))
          .containsExactly("spunsubscribe", LOW + "*", "1");
      assertThat(texts(client.call("SPUNSUBSCRIBE"))).containsExactly("spunsubscribe", "", "1");
      assertThat(publisher.call("SPUBLISH", LOW, "z").integer()).isEqualTo(1);
    }
  }

  @Test
  void withResp3ItIsAPush() {
    try (RespConnection client = cluster.connect(1);
        RespConnection publisher = cluster.connect(1)) {
      client.call("HELLO", "3");
      assertThat(client.call("SPSUBSCRIBE", HIGH + "*")).isInstanceOf(RespValue.Push.class);
      publisher.call("SPUBLISH", HIGH, "x");
      assertThat(client.read()).isInstanceOf(RespValue.Push.class);
    }
  }

  @Test
  void anSpublishCrossesTheLinksOfItsShardAlone() {
    try (RespConnection publisher = cluster.connect(0);
        RespConnection replica = cluster.connect(2)) {
      String replicaId = replica.call("CLUSTER", "MYID").text();
      Map<String, Long> before = PeerFrames.sent(cluster, 0, "shard_publish");
      for (int i = 0; i < 100; i++) {
        publisher.call("SPUBLISH", LOW, "x");
      }
      assertThat(PeerFrames.since(before, PeerFrames.sent(cluster, 0, "shard_publish")))
          .isEqualTo(Map.of(replicaId, 100L));
    }
  }
}
