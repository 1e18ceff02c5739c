package io.slotcast.broker.bench;

import io.slotcast.broker.report.LineChart;
import io.slotcast.broker.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Results as rows: for people on a terminal, for programs as CSV. */
public final class FanoutTable {
  private record Column(
      String heading, String csvHeading, boolean isText, Function<FanoutResult, Object> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          text("server", "server", FanoutResult::server),
          number("nodes", "nodes", FanoutResult::nodes),
          text("mode", "mode", result -> lower(result.cell().mode())),
          text("subscribers are", "placement", result -> lower(result.cell().placement())),
          number("channels", "channels", result -> result.cell().channels()),
          number("subs each", "subscribers_per_channel", result -> result.cell().subscribers()),
          number("bytes", "payload_bytes", result -> result.cell().payload()),
          text("rate", "rate", FanoutTable::rate),
          number("publishes/s", "publishes_per_second", FanoutResult::publishesPerSecond),
          number("deliveries/s", "deliveries_per_second", FanoutResult::deliveriesPerSecond),
          number("lost", "lost", FanoutResult::lost),
          number("p50 us", "p50_us", result -> result.latency().p50()),
          number("p99 us", "p99_us", result -> result.latency().p99()),
          number("p99.9 us", "p999_us", result -> result.latency().p999()),
          number("max us", "max_us", result -> result.latency().max()),
          number("cpu us/pub", "cpu_us_per_publish", result -> orEmpty(result.cpuPerPublish())),
          number("cpu us/dlv", "cpu_us_per_delivery", result -> orEmpty(result.cpuPerDelivery())),
          number("frames/pub", "frames_per_publish", FanoutResult::amplification),
          number("model", "predicted_frames_per_publish", FanoutResult::predictedFrames),
          number("bytes/pub", "bytes_per_publish", result -> orEmpty(result.bytesPerPublish())));

  private FanoutTable() {}

  private static Column text(String heading, String csv, Function<FanoutResult, Object> value) {
    return new Column(heading, csv, true, value);
  }

  private static Column number(String heading, String csv, Function<FanoutResult, Object> value) {
    return new Column(heading, csv, false, value);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String rate(FanoutResult result) {
    return result.cell().isClosedLoop() ? "closed" : Long.toString(result.cell().rate());
  }

  private static Object orEmpty(@Nullable Double value) {
    return value == null ? "" : value;
  }

  /** Aligned columns, each as wide as it needs to be; a dash where a figure is not known. */
  public static String forPeople(List<FanoutResult> results) {
    TextTable table =
        new TextTable(
            COLUMNS.stream()
                .map(column -> (column.isText() ? "<" : "") + column.heading())
                .toArray(String[]::new));
    for (FanoutResult result : results) {
      table.row(COLUMNS.stream().map(column -> cell(column, result)).toList());
    }
    return table.toString();
  }

  /** The same as a table of HTML. */
  static String html(List<FanoutResult> results) {
    StringBuilder text = new StringBuilder("<table>\n<tr>");
    COLUMNS.forEach(column -> text.append("<th scope=\"col\">").append(column.heading()));
    for (FanoutResult result : results) {
      text.append("\n<tr>");
      COLUMNS.forEach(column -> text.append("<td>").append(LineChart.escape(cell(column, result))));
    }
    return text.append("\n</table>\n").toString();
  }

  private static String cell(Column column, FanoutResult result) {
    return switch (column.value().apply(result)) {
      case Double number when number >= 100 -> String.format(Locale.ROOT, "%.0f", number);
      case Double number -> String.format(Locale.ROOT, "%.2f", number);
      case Object value -> value.toString();
    };
  }

  /** A line of headings and one a result; empty where a figure is not known. */
  public static String csv(List<FanoutResult> results) {
    StringBuilder text = new StringBuilder();
    text.append(String.join(",", COLUMNS.stream().map(Column::csvHeading).toList())).append('\n');
    for (FanoutResult result : results) {
      List<String> fields =
          COLUMNS.stream().map(column -> column.value().apply(result).toString()).toList();
      text.append(String.join(",", fields)).append('\n');
    }
    return text.toString();
  }
}
