package io.slotcast.broker.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanoutReportTest {
  @TempDir Path folder;

  @Test
  void aReportIsReadAsItWasWritten() throws Exception {
    FanoutReport report =
        report(result("slotcast 1", 3, 0, 12.5), result("redis 7", 6, 1000, null));

    report.write(folder);

    assertThat(FanoutReport.read(folder.resolve(FanoutReport.JSON))).isEqualTo(report);
  }

  @Test
  void theCsvHasALineForEachResultAndNothingWhereAFigureIsNotKnown() throws Exception {
    report(result("slotcast 1", 3, 0, 12.5), result("redis 7", 6, 1000, null)).write(folder);

    List<String> lines = Files.readAllLines(folder.resolve("results.csv"));

    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).startsWith("server,nodes,mode,placement,channels");
    assertThat(lines.get(1))
        .isEqualTo(
            "slotcast 1,3,broadcast,spread,16,4,64,closed,500.0,2000.0,0,10.0,20.0,30.0,40.0,"
                + "12500.0,3125.0,2.0,2.0,100.0");
    assertThat(lines.get(2)).contains(",1000,").endsWith(",,,2.0,5.0,100.0");
  }

  @Test
  void thePageHasAChartForEachQuestionAndNeedsNothingElse() throws Exception {
    report(
            result("slotcast 1", 3, 0, 12.5),
            result("slotcast 1", 6, 0, 25.0),
            result("slotcast 1", 6, 1000, 1.5))
        .write(folder);

    String page = Files.readString(folder.resolve("report.html"));

    assertThat(page)
        .contains("<h3>16 channels with 4 subscribers each, 64 bytes</h3>")
        .contains("<h3>6 nodes, 16 channels with 4 subscribers each, 64 bytes</h3>")
        .contains(">slotcast 1, broadcast</text>", ">model of broadcast</text>")
        .contains("aria-label=\"server CPU a publish, µs\"", "aria-label=\"latency\"")
        .doesNotContain("http:", "https:", "<script", "url(");
    assertThat(page.split("<svg ", -1)).hasSize(4);
    assertThat(page.split("<tr>", -1)).hasSize(5);
  }

  @Test
  void whatAServerCallsItselfIsNoMarkup() throws Exception {
    report(result("<b>\"&", 3, 0, 1.0)).write(folder);

    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("&lt;b&gt;&quot;&amp;, broadcast")
        .doesNotContain("<b>");
  }

  @Test
  void whatIsNoReportIsRefusedInOneLine() throws Exception {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\": 1, \"results\": 2}");
    Path noJson = Files.writeString(folder.resolve("no.json"), "<html>");

    assertThatThrownBy(() -> FanoutReport.read(other))
        .isInstanceOf(BenchException.class)
        .hasMessage(other + " is no result of slotcast bench fanout");
    assertThatThrownBy(() -> FanoutReport.read(noJson)).isInstanceOf(BenchException.class);
    assertThatThrownBy(() -> FanoutReport.read(folder.resolve("none")))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void twoRunsAreComparedCellByCell() throws Exception {
    FanoutReport slotcast =
        report(result("slotcast 1", 3, 0, 1.0), result("slotcast 1", 9, 0, 1.0));
    FanoutReport redis = report(result("redis 7", 3, 0, 2.0), result("redis 7", 6, 0, 1.0));

    String text = FanoutComparison.text(slotcast, redis);

    assertThat(text.lines().toList())
        .hasSize(10)
        .anySatisfy(
            line ->
                assertThat(line.strip().split(" {2,}"))
                    .containsExactly("server CPU a publish, us", "1000", "2000", "2.00"));
    assertThatThrownBy(() -> FanoutComparison.text(slotcast, report(result("a", 4, 0, 1.0))))
        .isInstanceOf(BenchException.class)
        .hasMessage("the two runs have no cell in common");
  }

  private static FanoutReport report(FanoutResult... results) {
    return new FanoutReport(
        FanoutReport.FORMAT, "2026-01-02T03:04:05Z", "2 processors", List.of(results));
  }

  private static FanoutResult result(
      String server, int nodes, long rate, @Nullable Double cpuSeconds) {
    FanoutCell cell =
        new FanoutCell(FanoutMode.BROADCAST, Placement.SPREAD, 16, 4, 8, 16, 64, rate);
    return new FanoutResult(
        server,
        nodes,
        cell,
        2,
        1000,
        4000,
        0,
        new FanoutResult.Latency(10, 20, 30, 40),
        cpuSeconds,
        2000,
        100_000L,
        nodes - 1);
  }
}
