package io.slotcast.broker.admin;

import java.util.List;

/** Metrics that belong together, under a title for the documentation. */
record MetricGroup(String title, List<Metric> metrics) {
  MetricGroup {
    metrics = List.copyOf(metrics);
  }
}
