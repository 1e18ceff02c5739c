package io.slotcast.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} is written from the table of metrics. */
class MetricsDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

  private static final String HEAD =
      """
      # Metrics

      <!-- Written from the table of metrics (`io.slotcast.broker.admin.MetricTable`) by
           ./mvnw -pl broker-node -am test -Dtest=MetricsDocumentTest -Dsurefire.failIfNoSpecifiedTests=false -Dslotcast.docs.write=true -->

      Each node answers `/metrics` on its admin port (`admin-port`, the client port + 20000 unless set,
      on 127.0.0.1 unless `admin-bind` says otherwise) in Prometheus' text format, or as OpenMetrics
      where the Accept header asks for it:

      ```
      curl http://127.0.0.1:27001/metrics
      ```

      - Values are of this node alone, since its start; those of commands and errors, since CONFIG
        RESETSTAT.
      - A histogram has `_bucket`, `_sum` and `_count`; its buckets double from 1.024 µs to 1.07 s.
      - No label holds a key, a channel or a client's address.
      - The JVM and the process are shown under Micrometer's names: `jvm_memory_used_bytes`,
        `jvm_gc_pause_seconds`, `jvm_threads_live_threads`, `jvm_classes_loaded_classes`,
        `process_cpu_usage`, `process_files_open_files`, `process_uptime_seconds` and others.

      `/health/live` answers 200 while the process answers at all. `/health/ready` answers 200 when
      clients should be sent to this node, else 503 with the reasons:
      `{"status":"not ready","reasons":["no lease on this node's slots"]}`.
      """;

  @Test
  void theDocumentSaysWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("slotcast.docs.write")) {
      Files.writeString(DOCUMENT, text());
    }

    assertThat(DOCUMENT).hasContent(text());
  }

  private static String text() {
    StringBuilder text = new StringBuilder(HEAD);
    for (MetricGroup group : MetricTable.GROUPS) {
      text.append("\n## ").append(group.title()).append("\n\n");
      text.append("| metric | type | labels | |\n|---|---|---|---|\n");
      group.metrics().forEach(metric -> text.append(row(metric)));
    }
    return text.toString();
  }

  private static String row(Metric metric) {
    String labels =
        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
    String type = metric.type().name().toLowerCase(Locale.ROOT);
    return "| `%s` | %s | %s | %s |\n".formatted(metric.name(), type, labels, metric.help());
  }
}
