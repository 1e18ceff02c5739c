package io.slotcast.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.BrokerNode;
import io.slotcast.broker.FreePorts;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.config.ServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes as their metrics show them; the second one ends last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterMetricsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int PORT = FreePorts.inARow(2);
  private static final AdminClient ADMIN = new AdminClient(PORT + 20_000);
  private static final List<BrokerNode> NODES = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    for (int port = PORT; port < PORT + 2; port++) {
      NODES.add(
          BrokerNode.start(
              ServerConfig.of(
                  "--bind",
                  "127.0.0.1",
                  "--dir",
                  "",
                  "--port",
                  Integer.toString(port),
                  "--cluster-node-timeout",
                  "1000",
                  "--cluster-seeds",
                  "127.0.0.1:" + PORT,
                  "127.0.0.1:" + (PORT + 1))));
    }
    for (BrokerNode node : NODES) {
      assertThat(node.ready()).succeedsWithin(PATIENCE);
    }
  }

  @AfterAll
  static void stop() {
    NODES.forEach(BrokerNode::close);
  }

  private static String idOf(BrokerNode node) {
    try (RespConnection client = RespConnection.to(node.port())) {
      return client.text("CLUSTER", "MYID");
    }
  }

  @Test
  @Order(1)
  void framesAndBytesAreCountedByPeerAndKind() {
    String peer = idOf(NODES.getLast());
    try (RespConnection publisher = RespConnection.to(PORT)) {
      for (int i = 0; i < 10; i++) {
        assertThat(publisher.line("PUBLISH news hello")).isEqualTo(":0\r\n");
      }
    }
    PrometheusText metrics = ADMIN.metrics();
    assertThat(metrics.value("slotcast_peer_sent_frames_total", "peer", peer, "kind", "publish"))
        .isEqualTo(10);
    // A length of four bytes, the kind, the channel's length, the channel, the payload.
    assertThat(metrics.value("slotcast_peer_sent_bytes_total", "peer", peer, "kind", "publish"))
        .isEqualTo(10 * (4 + 1 + 1 + 4 + 5));
    AdminClient other = new AdminClient(PORT + 1 + 20_000);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        other
                            .metrics()
                            .value(
                                "slotcast_peer_received_frames_total",
                                "peer",
                                idOf(NODES.getFirst()),
                                "kind",
                                "publish"))
                    .isEqualTo(10));
    assertThat(metrics.value("slotcast_peer_dropped_frames_total", "peer", peer)).isZero();
    assertThat(metrics.value("slotcast_peer_link_up", "peer", peer)).isEqualTo(1);
    assertThat(
            metrics.value("slotcast_peer_info", "peer", peer, "address", "127.0.0.1:" + (PORT + 1)))
        .isEqualTo(1);
  }

  @Test
  @Order(2)
  void everyMetricOfTheTableIsThere() {
    try (RespConnection client = RespConnection.to(PORT)) {
      client.line("NOSUCH");
    }
    // These two nodes are primaries.
    List<String> names =
        MetricTable.all().stream()
            .filter(metric -> !metric.labels().contains("replica"))
            .map(Metric::name)
            .toList();
    // The first sign of life goes out with the first second.
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(ADMIN.metrics().types().keySet()).containsAll(names));
  }

  @Test
  @Order(3)
  void theFormedClusterIsShown() {
    PrometheusText metrics = ADMIN.metrics();
    assertThat(metrics.value("slotcast_cluster_ok")).isEqualTo(1);
    assertThat(metrics.value("slotcast_cluster_nodes")).isEqualTo(2);
    assertThat(metrics.value("slotcast_cluster_live_nodes")).isEqualTo(2);
    assertThat(metrics.value("slotcast_cluster_epoch")).isPositive();
    assertThat(metrics.value("slotcast_register_voters")).isEqualTo(1);
    assertThat(metrics.value("slotcast_lease_held")).isEqualTo(1);
    assertThat(metrics.value("slotcast_membership_views_total")).isPositive();
  }

  @Test
  @Order(4)
  void theLinkToADeadPeerIsDownAndNoReasonNotToBeReady() {
    BrokerNode first = NODES.getFirst();
    String gone = idOf(first);
    first.close();
    AdminClient last = new AdminClient(PORT + 1 + 20_000);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              PrometheusText metrics = last.metrics();
              assertThat(metrics.value("slotcast_peer_link_up", "peer", gone)).isZero();
              assertThat(metrics.value("slotcast_cluster_live_nodes")).isEqualTo(1);
              assertThat(metrics.value("slotcast_cluster_ok")).isZero();
              // The dead node was the one voter.
              assertThat(last.get("/health/ready").body())
                  .contains("\"reasons\":[\"no lease on this node's slots\"]");
            });
  }
}
