package io.slotcast.broker.admin;

import java.util.List;

/** All metrics of a node, apart from those of the JVM: what is registered and documented. */
final class MetricTable {
  static final List<MetricGroup> GROUPS =
      List.of(
          NodeInfoMetrics.group(),
          ClientMetrics.group(),
          CommandMetrics.group(),
          PubSubMetrics.group(),
          PeerMetrics.group(),
          ClusterMetrics.group(),
          MigrationMetrics.group(),
          ReplicationMetrics.group(),
          PersistenceMetrics.group(),
          LoopMetrics.group());

  private MetricTable() {}

  static List<Metric> all() {
    return GROUPS.stream().flatMap(group -> group.metrics().stream()).toList();
  }
}
