package io.slotcast.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code /metrics} says, against what was done. */
class MetricsTest {
  private SingleNode node;
  private AdminClient admin;

  @BeforeEach
  void start() {
    node = SingleNode.start("--maxclients", "2");
    admin = new AdminClient(node.adminPort());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void everyMetricIsInTheTableWithItsTypeAndHelp() {
    node.connect().line("PING");
    PrometheusText metrics = admin.metrics();
    List<String> own =
        metrics.types().keySet().stream().filter(name -> name.startsWith("slotcast_")).toList();
    List<Metric> expected =
        MetricTable.all().stream()
            .filter(metric -> !metric.labels().contains("peer"))
            .filter(metric -> !metric.labels().contains("replica"))
            .toList();
    assertThat(own)
        .containsExactlyInAnyOrderElementsOf(
            expected.stream()
                .filter(metric -> !metric.name().equals("slotcast_error_replies_total"))
                .map(Metric::name)
                .toList());
    for (Metric metric : expected) {
      if (own.contains(metric.name())) {
        assertThat(metrics.types().get(metric.name()))
            .isEqualTo(metric.type().name().toLowerCase(Locale.ROOT));
        assertThat(metrics.help().get(metric.name())).isEqualTo(metric.help());
      }
    }
  }

  @Test
  void theJvmAndTheProcessAreShownToo() {
    assertThat(admin.metrics().types().keySet())
        .contains(
            "jvm_memory_used_bytes",
            "jvm_threads_live_threads",
            "jvm_classes_loaded_classes",
            "jvm_gc_memory_allocated_bytes_total",
            "process_cpu_usage",
            "process_files_open_files",
            "process_uptime_seconds");
  }

  @Test
  void connectionsAreCounted() {
    node.connect().line("PING");
    node.connect().line("PING");
    assertThat(node.connect().read()).startsWith("-ERR max number of clients");
    PrometheusText metrics = admin.metrics();
    assertThat(metrics.value("slotcast_connections")).isEqualTo(2);
    assertThat(metrics.value("slotcast_connections_accepted_total")).isEqualTo(3);
    assertThat(metrics.value("slotcast_connections_rejected_total")).isEqualTo(1);
    assertThat(metrics.value("slotcast_received_bytes_total")).isEqualTo(2 * 14);
    assertThat(metrics.value("slotcast_socket_writes_total")).isEqualTo(3);
  }

  @Test
  void commandsAreCountedByNameWithTheirTimes() {
    RespConnection client = node.connect();
    client.line("PING");
    client.line("PING");
    client.line("PING a b c");
    client.line("GET");
    client.line("CLIENT ID");
    client.line("NOSUCH");
    PrometheusText metrics = admin.metrics();
    assertThat(metrics.value("slotcast_requests_total")).isEqualTo(6);
    assertThat(metrics.value("slotcast_command_duration_seconds_count", "command", "ping"))
        .isEqualTo(3);
    assertThat(metrics.value("slotcast_command_duration_seconds_count", "command", "client|id"))
        .isEqualTo(1);
    assertThat(metrics.value("slotcast_command_duration_seconds_sum", "command", "ping"))
        .isPositive();
    assertThat(metrics.value("slotcast_command_failed_total", "command", "ping")).isEqualTo(1);
    assertThat(metrics.value("slotcast_command_rejected_total", "command", "ping")).isZero();
    assertThat(metrics.value("slotcast_command_rejected_total", "command", "get")).isEqualTo(1);
    assertThat(metrics.value("slotcast_error_replies_total", "code", "ERR")).isEqualTo(3);
    assertThat(metrics.all("slotcast_command_duration_seconds_count"))
        .extracting(sample -> sample.labels().get("command"))
        .containsExactlyInAnyOrder("ping", "get", "client|id");
  }

  @Test
  void aHistogramsBucketsAddUp() {
    RespConnection client = node.connect();
    for (int i = 0; i < 100; i++) {
      client.line("PING");
    }
    List<PrometheusText.Sample> buckets =
        admin.metrics().all("slotcast_command_duration_seconds_bucket").stream()
            .filter(sample -> "ping".equals(sample.labels().get("command")))
            .toList();
    assertThat(buckets).isSortedAccordingTo((a, b) -> Double.compare(a.value(), b.value()));
    assertThat(buckets)
        .extracting(sample -> sample.labels().get("le"))
        .startsWith("1.024E-6", "2.048E-6")
        .endsWith("+Inf");
    assertThat(buckets.getLast().value()).isEqualTo(100);
  }

  @Test
  void messagesAndSubscriptionsAreCountedByKind() {
    RespConnection subscriber = node.connect();
    RespConnection publisher = node.connect();
    subscriber.line("HELLO 3");
    subscriber.line("SUBSCRIBE news");
    subscriber.line("PSUBSCRIBE n*");
    subscriber.line("SSUBSCRIBE orders");
    subscriber.line("SPSUBSCRIBE o*");
    publisher.line("PUBLISH news a");
    publisher.line("PUBLISH elsewhere a");
    publisher.line("SPUBLISH orders a");
    PrometheusText metrics = admin.metrics();
    assertThat(metrics.value("slotcast_publishes_total", "kind", "classic")).isEqualTo(2);
    assertThat(metrics.value("slotcast_publishes_total", "kind", "sharded")).isEqualTo(1);
    assertThat(metrics.value("slotcast_deliveries_total", "kind", "classic")).isEqualTo(2);
    assertThat(metrics.value("slotcast_deliveries_total", "kind", "sharded")).isEqualTo(2);
    assertThat(metrics.all("slotcast_subscribed_channels"))
        .extracting(PrometheusText.Sample::value)
        .containsExactly(1.0, 1.0, 1.0, 1.0);
  }

  @Test
  void bytesThatAreNoRequestAreCounted() {
    RespConnection client = node.connect();
    client.sendRaw("*1\r\n:3\r\n");
    assertThat(client.read()).startsWith("-ERR Protocol error");
    assertThat(admin.metrics().value("slotcast_protocol_errors_total")).isEqualTo(1);
  }

  @Test
  void theClusterIsShownAsTheNodeSeesIt() {
    PrometheusText metrics = admin.metrics();
    assertThat(metrics.value("slotcast_cluster_ok")).isEqualTo(1);
    assertThat(metrics.value("slotcast_cluster_epoch")).isEqualTo(1);
    assertThat(metrics.value("slotcast_slots_owned")).isEqualTo(16_384);
    assertThat(metrics.value("slotcast_lease_held")).isEqualTo(1);
    node.membership().serving(false);
    assertThat(admin.metrics().value("slotcast_lease_held")).isZero();
    assertThat(admin.metrics().value("slotcast_cluster_ok")).isZero();
  }

  @Test
  void labelsNeverHoldKeysOrChannels() {
    RespConnection client = node.connect();
    client.line("SET a-key-of-mine 1");
    client.line("SUBSCRIBE a-channel-of-mine");
    assertThat(admin.get("/metrics").body()).doesNotContain("of-mine");
  }

  @Test
  void namesFollowPrometheusConventions() {
    for (Metric metric : MetricTable.all()) {
      assertThat(metric.name()).matches("slotcast_[a-z]+(_[a-z]+)*");
      assertThat(metric.name().endsWith("_total"))
          .as(metric.name())
          .isEqualTo(metric.type() == Metric.Type.COUNTER);
      assertThat(metric.help()).matches("[A-Z].*[^.]\\.");
    }
    assertThat(MetricTable.all().stream().map(Metric::name).collect(Collectors.toSet()))
        .hasSameSizeAs(MetricTable.all());
  }
}
