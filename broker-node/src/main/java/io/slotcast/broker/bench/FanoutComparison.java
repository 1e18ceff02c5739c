package io.slotcast.broker.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two runs side by side: the cells that both have, with the second's figures as ratios. */
public final class FanoutComparison {
  private static final String ROW = "%-52s %14s %14s %8s%n";

  private record Figure(String name, @Nullable Double first, @Nullable Double second) {}

  private FanoutComparison() {}

  /**
   * @throws BenchException if they have no cell in common
   */
  public static String text(FanoutReport first, FanoutReport second) throws BenchException {
    StringBuilder text = new StringBuilder();
    for (FanoutResult a : first.results()) {
      for (FanoutResult b : second.results()) {
        if (a.cell().equals(b.cell()) && a.nodes() == b.nodes()) {
          append(text, a, b);
        }
      }
    }
    if (text.isEmpty()) {
      throw new BenchException("the two runs have no cell in common");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, FanoutResult a, FanoutResult b) {
    FanoutCell cell = a.cell();
    String title =
        String.format(
            Locale.ROOT,
            "%d nodes, %s, %s, %dx%d, %d bytes, %s",
            a.nodes(),
            cell.mode().name().toLowerCase(Locale.ROOT),
            cell.placement().name().toLowerCase(Locale.ROOT),
            cell.channels(),
            cell.subscribers(),
            cell.payload(),
            cell.isClosedLoop() ? "closed" : cell.rate() + "/s");
    text.append(String.format(Locale.ROOT, ROW, title, a.server(), b.server(), "ratio"));
    for (Figure figure : figures(a, b)) {
      text.append(
          String.format(
              Locale.ROOT,
              ROW,
              "  " + figure.name(),
              number(figure.first()),
              number(figure.second()),
              ratio(figure)));
    }
  }

  private static List<Figure> figures(FanoutResult a, FanoutResult b) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("publishes/s", a.publishesPerSecond(), b.publishesPerSecond()));
    figures.add(new Figure("deliveries/s", a.deliveriesPerSecond(), b.deliveriesPerSecond()));
    figures.add(new Figure("lost", (double) a.lost(), (double) b.lost()));
    figures.add(new Figure("p50, us", a.latency().p50(), b.latency().p50()));
    figures.add(new Figure("p99, us", a.latency().p99(), b.latency().p99()));
    figures.add(new Figure("p99.9, us", a.latency().p999(), b.latency().p999()));
    figures.add(new Figure("server CPU a publish, us", a.cpuPerPublish(), b.cpuPerPublish()));
    figures.add(new Figure("server CPU a delivery, us", a.cpuPerDelivery(), b.cpuPerDelivery()));
    figures.add(new Figure("frames a publish", a.amplification(), b.amplification()));
    return figures;
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }

  private static String ratio(Figure figure) {
    if (figure.first() == null || figure.second() == null || figure.first() == 0) {
      return "-";
    }
    return String.format(
        Locale.ROOT, "%.2f", Objects.requireNonNull(figure.second()) / figure.first());
  }
}
