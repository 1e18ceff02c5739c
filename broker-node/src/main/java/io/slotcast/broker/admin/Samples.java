package io.slotcast.broker.admin;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** The values of one metric at one moment, gathered for one scrape. */
final class Samples {
  private static final String COUNTER_SUFFIX = "_total";

  private final Metric metric;
  private final CounterSnapshot.Builder counters = CounterSnapshot.builder();
  private final GaugeSnapshot.Builder gauges = GaugeSnapshot.builder();
  private final HistogramSnapshot.Builder histograms = HistogramSnapshot.builder();

  private Samples(Metric metric) {
    this.metric = metric;
  }

  /** Asks {@code node} for the present values of {@code metric}. */
  static MetricSnapshot of(Metric metric, ObservedNode node) {
    Samples samples = new Samples(metric);
    metric.reading().read(node, samples);
    return samples.snapshot();
  }

  /** Adds a counter's or a gauge's value, with a value for each of the metric's labels. */
  void add(double value, String... labelValues) {
    switch (metric.type()) {
      case COUNTER ->
          counters.dataPoint(
              CounterDataPointSnapshot.builder().value(value).labels(labels(labelValues)).build());
      case GAUGE ->
          gauges.dataPoint(
              GaugeDataPointSnapshot.builder().value(value).labels(labels(labelValues)).build());
      case HISTOGRAM -> throw new IllegalStateException(metric.name() + " is a histogram");
    }
  }

  /** As {@link #add(double, String...)}; exact up to 2^53, as all values in Prometheus are. */
  void add(long value, String... labelValues) {
    add((double) value, labelValues);
  }

  /**
   * Adds a histogram.
   *
   * @param upperBounds of the buckets, ascending, the last infinite
   * @param counts of each bucket alone
   * @param sum of all observed values
   */
  void addHistogram(double[] upperBounds, long[] counts, double sum, String... labelValues) {
    histograms.dataPoint(
        HistogramDataPointSnapshot.builder()
            .classicHistogramBuckets(ClassicHistogramBuckets.of(upperBounds, counts))
            .sum(sum)
            .labels(labels(labelValues))
            .build());
  }

  private Labels labels(String... values) {
    return Labels.of(metric.labels(), List.of(values));
  }

  private MetricSnapshot snapshot() {
    String name = metric.name();
    return switch (metric.type()) {
      case COUNTER ->
          counters
              .name(name.substring(0, name.length() - COUNTER_SUFFIX.length()))
              .help(metric.help())
              .build();
      case GAUGE -> gauges.name(name).help(metric.help()).build();
      case HISTOGRAM -> histograms.name(name).help(metric.help()).build();
    };
  }
}
