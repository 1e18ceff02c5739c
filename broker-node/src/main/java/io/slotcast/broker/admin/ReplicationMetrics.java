package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.gauge;

import io.slotcast.broker.replication.PrimaryStatus;
import io.slotcast.broker.replication.ReplicaStatus;
import java.util.List;

/** How far this node and its replicas are. */
final class ReplicationMetrics {
  private ReplicationMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Replication",
        List.of(
            gauge(
                "slotcast_replication_offset_bytes",
                "How far this node's stream of effects is; a replica's counts as its primary's.",
                node -> node.replication().stream().offset()),
            gauge(
                "slotcast_replicas",
                "Replicas that follow this node, by whether they have all there was when they came.",
                List.of("state"),
                (node, into) -> {
                  List<ReplicaStatus> replicas = node.replication().replicas();
                  long online = replicas.stream().filter(ReplicaStatus::online).count();
                  into.add(online, "online");
                  into.add(replicas.size() - online, "loading");
                }),
            gauge(
                "slotcast_replica_lag_bytes",
                "How much of this node's stream the replica has not acknowledged.",
                List.of("replica"),
                (node, into) -> {
                  long offset = node.replication().stream().offset();
                  for (ReplicaStatus replica : node.replication().replicas()) {
                    into.add(Math.max(offset - replica.offset(), 0), replica.node().hex());
                  }
                }),
            gauge(
                "slotcast_replica_silence_seconds",
                "Since when the replica has acknowledged nothing; it does so each second at least.",
                List.of("replica"),
                (node, into) -> {
                  for (ReplicaStatus replica : node.replication().replicas()) {
                    into.add(replica.silentMillis() / 1e3, replica.node().hex());
                  }
                }),
            gauge(
                "slotcast_primary_link_up",
                "Whether this node follows its primary: 1 or 0; 1 if it is no replica.",
                node -> {
                  PrimaryStatus primary = node.replication().primary();
                  return primary == null || primary.linkUp() ? 1 : 0;
                }),
            gauge(
                "slotcast_primary_lag_bytes",
                "How far a replica is behind what its primary last told of its stream; else 0.",
                node -> {
                  PrimaryStatus primary = node.replication().primary();
                  return primary == null ? 0 : primary.primaryOffset() - primary.offset();
                }),
            counter(
                "slotcast_replication_syncs_total",
                "Replicas that this node began to feed, by where they began.",
                List.of("kind"),
                (node, into) -> {
                  into.add(node.replication().syncs().full(), "full");
                  into.add(node.replication().syncs().partial(), "partial");
                }),
            counter(
                "slotcast_replication_failed_effects_total",
                "Effects of the primary that failed on this node; there should be none.",
                node -> node.replication().failedEffects())));
  }
}
