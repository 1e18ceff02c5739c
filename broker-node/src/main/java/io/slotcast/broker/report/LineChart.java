package io.slotcast.broker.report;

import java.util.List;
import java.util.Locale;

/**
 * A chart as SVG: lines over a linear axis that begins at 0. Lines differ by colour and by dashes,
 * so that they are told from each other on paper.
 *
 * @param lines at least one, each with at least one point
 */
public record LineChart(String title, String xLabel, String yLabel, List<Line> lines) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 300;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int TOP = 34;
  private static final int BOTTOM = 44;
  private static final int LEGEND_ROW = 18;
  private static final int TICKS = 5;

  /** Told from each other by the colour-blind as well. Source: Okabe and Ito, 2008. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

  private static final List<String> DASHES = List.of("none", "7 3", "2 3", "9 3 2 3");

  /**
   * @param isModel what was predicted, drawn thinner and without marks
   */
  public record Line(String name, boolean isModel, List<Point> points) {}

  /** In the units of the axes. */
  public record Point(double x, double y) {}

  /** The chart as an element of HTML; its look is the page's. */
  public String svg() {
    double right =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::x)
            .max()
            .orElse(1);
    double high =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::y)
            .max()
            .orElse(1);
    double xStep = step(right);
    double yStep = step(high);
    double xMax = xStep * Math.ceil(right / xStep);
    double yMax = yStep * Math.max(1, Math.ceil(high / yStep));
    int height = HEIGHT + LEGEND_ROW * (lines.size() + 1);
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
        WIDTH,
        height,
        escape(title));
    add(svg, "<text class=\"title\" x=\"%d\" y=\"18\">%s</text>%n", LEFT, escape(title));
    for (double y = 0; y <= yMax * 1.0001; y += yStep) {
      double at = top(y, yMax);
      add(
          svg,
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
          LEFT,
          WIDTH - RIGHT,
          at,
          at);
      add(svg, "<text class=\"y\" x=\"%d\" y=\"%.1f\">%s</text>%n", LEFT - 6, at + 4, number(y));
    }
    for (double x = 0; x <= xMax * 1.0001; x += xStep) {
      add(
          svg,
          "<text class=\"x\" x=\"%.1f\" y=\"%d\">%s</text>%n",
          left(x, xMax),
          HEIGHT - BOTTOM + 16,
          number(x));
    }
    add(
        svg,
        "<text class=\"x\" x=\"%d\" y=\"%d\">%s</text>%n",
        (LEFT + WIDTH - RIGHT) / 2,
        HEIGHT - 8,
        escape(xLabel));
    add(
        svg,
        "<text class=\"x\" transform=\"translate(14 %d) rotate(-90)\">%s</text>%n",
        (TOP + HEIGHT - BOTTOM) / 2,
        escape(yLabel));
    for (int i = 0; i < lines.size(); i++) {
      line(svg, i, xMax, yMax);
    }
    return svg.append("</svg>\n").toString();
  }

  private void line(StringBuilder svg, int number, double xMax, double yMax) {
    Line line = lines.get(number);
    String colour = COLOURS.get(number % COLOURS.size());
    String style =
        "stroke:%s;stroke-width:%s;stroke-dasharray:%s"
            .formatted(colour, line.isModel() ? "1" : "2", DASHES.get(number % DASHES.size()));
    StringBuilder points = new StringBuilder();
    for (Point point : line.points()) {
      add(points, "%.1f,%.1f ", left(point.x(), xMax), top(point.y(), yMax));
    }
    add(
        svg,
        "<polyline fill=\"none\" style=\"%s\" points=\"%s\"/>%n",
        style,
        points.toString().strip());
    if (!line.isModel()) {
      for (Point point : line.points()) {
        add(
            svg,
            "<circle r=\"3\" fill=\"%s\" cx=\"%.1f\" cy=\"%.1f\"><title>%s: %s at %s</title></circle>%n",
            colour,
            left(point.x(), xMax),
            top(point.y(), yMax),
            escape(line.name()),
            number(point.y()),
            number(point.x()));
      }
    }
    int y = HEIGHT + LEGEND_ROW * (number + 1) - 4;
    add(
        svg,
        "<line style=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>",
        style,
        LEFT,
        LEFT + 30,
        y,
        y);
    add(svg, "<text x=\"%d\" y=\"%d\">%s</text>%n", LEFT + 38, y + 4, escape(line.name()));
  }

  private static double left(double x, double xMax) {
    return LEFT + (WIDTH - LEFT - RIGHT) * x / xMax;
  }

  private static double top(double y, double yMax) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - y / yMax);
  }

  /** 1, 2 or 5 times a power of ten, of which a few fit into the range. */
  private static double step(double range) {
    double rough = Math.max(range, 1e-9) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= rough) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    return value < 100 && text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a library more.
  private static void add(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }

  /** As the text of an element or of a quoted attribute of HTML. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
