package io.slotcast.broker.admin;

import java.util.List;

/**
 * One thing that a node tells of itself, by its Prometheus name.
 *
 * @param name in base units, a counter's ends in {@code _total}
 * @param help one sentence
 * @param labels names of the labels that each of its values has
 * @param reading asked at each scrape; the counters behind it are there anyhow
 */
record Metric(String name, Type type, String help, List<String> labels, Reading reading) {
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  /** Reads the present values from a node. */
  @FunctionalInterface
  interface Reading {
    void read(ObservedNode node, Samples into);
  }

  /** Reads the one value of a metric without labels. */
  @FunctionalInterface
  interface SingleReading {
    double read(ObservedNode node);
  }

  Metric {
    labels = List.copyOf(labels);
  }

  static Metric counter(String name, String help, SingleReading reading) {
    return new Metric(name, Type.COUNTER, help, List.of(), single(reading));
  }

  static Metric counter(String name, String help, List<String> labels, Reading reading) {
    return new Metric(name, Type.COUNTER, help, labels, reading);
  }

  static Metric gauge(String name, String help, SingleReading reading) {
    return new Metric(name, Type.GAUGE, help, List.of(), single(reading));
  }

  static Metric gauge(String name, String help, List<String> labels, Reading reading) {
    return new Metric(name, Type.GAUGE, help, labels, reading);
  }

  static Metric histogram(String name, String help, List<String> labels, Reading reading) {
    return new Metric(name, Type.HISTOGRAM, help, labels, reading);
  }

  private static Reading single(SingleReading reading) {
    return (node, into) -> into.add(reading.read(node));
  }
}
