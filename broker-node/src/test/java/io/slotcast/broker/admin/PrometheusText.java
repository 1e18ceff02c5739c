package io.slotcast.broker.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} answered, taken apart; a line in no known form is an error. */
record PrometheusText(
    Map<String, String> types, Map<String, String> help, List<PrometheusText.Sample> samples) {
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? ([-+.\\w]+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  record Sample(String name, Map<String, String> labels, double value) {}

  static PrometheusText parse(String text) {
    PrometheusText parsed = new PrometheusText(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    text.lines().forEach(parsed::add);
    return parsed;
  }

  private void add(String line) {
    Matcher comment = COMMENT.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (comment.matches()) {
      boolean isNew =
          (comment.group(1).equals("TYPE") ? types : help).put(comment.group(2), comment.group(3))
              == null;
      if (!isNew) {
        throw new AssertionError("twice: " + line);
      }
    } else if (sample.matches()) {
      samples.add(
          new Sample(
              sample.group(1),
              labels(sample.group(2)),
              Double.parseDouble(value(sample.group(3)))));
    } else {
      throw new AssertionError("not in Prometheus' format: " + line);
    }
  }

  private static String value(String printed) {
    return printed.equals("+Inf") ? "Infinity" : printed;
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher label = LABEL.matcher(text == null ? "" : text);
    while (label.lookingAt()) {
      labels.put(label.group(1), label.group(2));
      label.region(label.end(), label.regionEnd());
    }
    return labels;
  }

  List<Sample> all(String name) {
    return samples.stream().filter(sample -> sample.name().equals(name)).toList();
  }

  /**
   * The one value of a metric with these labels among others.
   *
   * @param labels names and values in turn
   */
  double value(String name, String... labels) {
    List<Sample> found =
        all(name).stream()
            .filter(
                sample -> {
                  for (int i = 0; i < labels.length; i += 2) {
                    if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                      return false;
                    }
                  }
                  return true;
                })
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(name + " " + List.of(labels) + ": " + found);
    }
    return found.getFirst().value();
  }
}
