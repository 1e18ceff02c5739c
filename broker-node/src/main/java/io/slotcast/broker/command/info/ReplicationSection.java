package io.slotcast.broker.command.info;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** This node's place in its shard. Keys are not replicated yet, so offsets are 0. */
final class ReplicationSection implements InfoSection {
  private final ClusterView cluster;
  private final ReplicationId replicationId;

  ReplicationSection(ClusterView cluster, ReplicationId replicationId) {
    this.cluster = cluster;
    this.replicationId = replicationId;
  }

  @Override
  public String title() {
    return "Replication";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    Topology topology = cluster.topology();
    Shard shard = topology.shardOf(cluster.self()).orElse(null);
    if (shard == null || shard.primary().equals(cluster.self())) {
      lines.field("role", "master");
      replicas(lines, shard == null ? List.of() : shard.replicas(), topology);
    } else {
      lines.field("role", "slave");
      primary(lines, topology.node(shard.primary()));
      replicas(lines, List.of(), topology);
    }
    lines.field("master_failover_state", "no-failover");
    lines.field("master_replid", replicationId.hex());
    lines.field("master_replid2", "0".repeat(replicationId.hex().length()));
    lines.field("master_repl_offset", 0);
    lines.field("second_repl_offset", -1);
    lines.zeros(
        "repl_backlog_active",
        "repl_backlog_size",
        "repl_backlog_first_byte_offset",
        "repl_backlog_histlen");
  }

  private void primary(InfoLines lines, @Nullable Node primary) {
    if (primary == null) {
      return;
    }
    lines.field("master_host", primary.host());
    lines.field("master_port", primary.port());
    lines.field("master_link_status", cluster.live().contains(primary.id()) ? "up" : "down");
    lines.field("master_last_io_seconds_ago", 0);
    lines.zeros("master_sync_in_progress", "slave_read_repl_offset", "slave_repl_offset");
    lines.field("slave_priority", 100);
    lines.field("slave_read_only", 1);
    lines.field("replica_announced", 1);
  }

  private void replicas(InfoLines lines, List<NodeId> replicas, Topology topology) {
    List<Node> live =
        replicas.stream()
            .filter(cluster.live()::contains)
            .map(topology::node)
            .filter(Objects::nonNull)
            .toList();
    lines.field("connected_slaves", live.size());
    for (int i = 0; i < live.size(); i++) {
      Node replica = live.get(i);
      String address = "ip=" + replica.host() + ",port=" + replica.port();
      lines.field("slave" + i, address + ",state=online,offset=0,lag=0");
    }
  }
}
