package io.slotcast.broker.bench;

import io.slotcast.broker.report.LineChart;
import io.slotcast.broker.report.LineChart.Line;
import io.slotcast.broker.report.LineChart.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report as one HTML page that needs nothing else, for a screen and for paper. */
final class FanoutPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>What fan-out costs</title>
      <style>
      :root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --faint: #d0d7de; }
      @media (prefers-color-scheme: dark) {
        :root { --ink: #e6edf3; --paper: #0d1117; --faint: #30363d; }
      }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
      svg { width: 100%; max-width: 40rem; display: block; margin: 1rem 0; break-inside: avoid; }
      svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
      svg .title { font-size: 14px; font-weight: 600; }
      svg .x { text-anchor: middle; }
      svg .y { text-anchor: end; }
      svg .grid { stroke: var(--faint); }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
      th, td { border-bottom: 1px solid var(--faint); padding: .2rem .5rem; text-align: right; }
      th, td.text { text-align: left; }
      th { vertical-align: bottom; }
      @media print {
        :root { --ink: #000; --paper: #fff; --faint: #bbb; }
        body { margin: 0; max-width: none; font-size: 10pt; }
        table { font-size: 7pt; }
        th, td { padding: .1rem .2rem; }
      }
      </style>
      """;

  private final FanoutReport report;
  private final StringBuilder page = new StringBuilder(HEAD);

  private FanoutPage(FanoutReport report) {
    this.report = report;
  }

  static String of(FanoutReport report) {
    return new FanoutPage(report).write();
  }

  private String write() {
    page.append("<h1>What fan-out costs</h1>\n<p>Measured from ")
        .append(LineChart.escape(report.began()))
        .append(" on ")
        .append(LineChart.escape(report.machine()))
        .append(", by <code>slotcast bench fanout</code>.</p>\n");
    page.append("<h2>By number of nodes</h2>\n");
    againstNodes("server CPU a publish, µs", FanoutResult::cpuPerPublish, null);
    againstNodes(
        "messages between nodes a publish",
        FanoutResult::amplification,
        FanoutResult::predictedFrames);
    page.append("<h2>By rate</h2>\n");
    againstRate();
    page.append("<h2>All figures</h2>\n<div class=\"wide\">\n");
    page.append(FanoutTable.html(report.results())).append("</div>\n</html>\n");
    return page.toString();
  }

  /** A chart for each kind of work, a line for each server and mode. */
  private void againstNodes(
      String what,
      Function<FanoutResult, @Nullable Double> value,
      @Nullable Function<FanoutResult, @Nullable Double> model) {
    List<FanoutResult> known =
        report.results().stream()
            .filter(result -> result.cell().isClosedLoop() && value.apply(result) != null)
            .toList();
    grouped(known, FanoutPage::work)
        .forEach(
            (work, results) -> {
              Map<String, List<FanoutResult>> kinds = grouped(results, FanoutPage::kind);
              List<Line> lines = new ArrayList<>();
              kinds.forEach(
                  (kind, of) -> lines.add(line(kind, false, of, FanoutResult::nodes, value)));
              if (model != null) {
                Map<String, List<FanoutResult>> modes = grouped(results, FanoutPage::mode);
                modes.forEach(
                    (mode, of) ->
                        lines.add(line("model of " + mode, true, of, FanoutResult::nodes, model)));
              }
              chart(work, new LineChart(what, "nodes", what, lines));
            });
  }

  private void chart(String work, LineChart chart) {
    page.append("<h3>").append(work).append("</h3>\n").append(chart.svg());
  }

  /** Channels, subscribers and payload of a result. */
  private static String work(FanoutResult result) {
    FanoutCell cell = result.cell();
    return "%d channels with %d subscribers each, %d bytes"
        .formatted(cell.channels(), cell.subscribers(), cell.payload());
  }

  private static Map<String, List<FanoutResult>> grouped(
      List<FanoutResult> results, Function<FanoutResult, String> by) {
    return results.stream()
        .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
  }

  private static String kind(FanoutResult result) {
    return result.server() + ", " + mode(result);
  }

  private static String mode(FanoutResult result) {
    FanoutCell cell = result.cell();
    String mode = cell.mode().name().toLowerCase(Locale.ROOT);
    boolean isPlaced = cell.mode() != FanoutMode.SHARDED && cell.placement() == Placement.TOGETHER;
    return mode + (isPlaced ? ", subscribers together" : "");
  }

  private static Line line(
      String name,
      boolean isModel,
      List<FanoutResult> results,
      Function<FanoutResult, Number> x,
      Function<FanoutResult, @Nullable Double> y) {
    List<Point> points = new ArrayList<>();
    for (FanoutResult result : results) {
      Double value = y.apply(result);
      points.add(new Point(x.apply(result).doubleValue(), value == null ? 0 : value));
    }
    points.sort(Comparator.comparingDouble(Point::x));
    return new Line(name, isModel, points);
  }

  /** A chart for each kind of work and number of nodes that was measured at several rates. */
  private void againstRate() {
    List<FanoutResult> paced =
        report.results().stream().filter(result -> !result.cell().isClosedLoop()).toList();
    if (paced.isEmpty()) {
      page.append("<p>No fixed rate was asked for.</p>\n");
    }
    grouped(paced, result -> result.nodes() + " nodes, " + work(result))
        .forEach(
            (work, results) -> {
              List<Line> lines = new ArrayList<>();
              grouped(results, FanoutPage::kind)
                  .forEach(
                      (kind, of) -> {
                        lines.add(
                            line(kind + ", p50", false, of, FanoutPage::rate, FanoutPage::p50));
                        lines.add(
                            line(kind + ", p99", false, of, FanoutPage::rate, FanoutPage::p99));
                      });
              chart(work, new LineChart("latency", "publishes a second", "latency, µs", lines));
            });
  }

  private static Number rate(FanoutResult result) {
    return result.cell().rate();
  }

  private static Double p50(FanoutResult result) {
    return result.latency().p50();
  }

  private static Double p99(FanoutResult result) {
    return result.latency().p99();
  }
}
