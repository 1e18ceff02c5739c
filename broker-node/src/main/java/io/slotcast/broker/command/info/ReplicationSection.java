package io.slotcast.broker.command.info;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.replication.PrimaryStatus;
import io.slotcast.broker.replication.ReplicaStatus;
import io.slotcast.broker.replication.Replication;
import io.slotcast.broker.replication.ReplicationSettings;
import io.slotcast.broker.replication.StreamName;
import io.slotcast.router.Node;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This node's place in its shard, and how far it and its replicas are. */
final class ReplicationSection implements InfoSection {
  private final ClusterView cluster;
  private final ServerConfig config;
  private final Replication replication;

  ReplicationSection(ClusterView cluster, ServerConfig config, Replication replication) {
    this.cluster = cluster;
    this.config = config;
    this.replication = replication;
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
    PrimaryStatus primary = replication.primary();
    lines.field("role", primary == null ? "master" : "slave");
    if (primary != null) {
      primary(lines, primary);
    }
    replicas(lines);
    lines.field("master_failover_state", "no-failover");
    StreamName name = replication.name();
    lines.field("master_replid", name.id());
    lines.field("master_replid2", name.formerId());
    lines.field("master_repl_offset", replication.stream().offset());
    lines.field("second_repl_offset", name.formerEnd() < 0 ? -1 : name.formerEnd() + 1);
    backlog(lines);
  }

  private void primary(InfoLines lines, PrimaryStatus primary) {
    Node node = cluster.topology().node(primary.node());
    lines.field("master_host", node == null ? "" : node.host());
    lines.field("master_port", node == null ? 0 : node.port());
    lines.field("master_link_status", primary.linkUp() ? "up" : "down");
    lines.field(
        "master_last_io_seconds_ago", primary.linkUp() ? seconds(primary.silentMillis()) : -1);
    lines.field("master_sync_in_progress", primary.loading() ? 1 : 0);
    lines.field("slave_read_repl_offset", primary.offset());
    lines.field("slave_repl_offset", primary.offset());
    if (!primary.linkUp()) {
      lines.field("master_link_down_since_seconds", seconds(primary.downMillis()));
    }
    lines.field("slave_priority", config.get(Directives.REPLICATION.priority));
    lines.field("slave_read_only", 1);
    lines.field("replica_announced", 1);
  }

  private void replicas(InfoLines lines) {
    List<ReplicaStatus> replicas =
        replication.replicas().stream()
            .filter(replica -> cluster.topology().node(replica.node()) != null)
            .toList();
    lines.field("connected_slaves", replicas.size());
    ReplicationSettings settings = replication.settings();
    if (settings.minToWrite() > 0 && settings.maxLagMillis() > 0) {
      lines.field("min_slaves_good_slaves", replication.goodReplicas());
    }
    for (int i = 0; i < replicas.size(); i++) {
      ReplicaStatus replica = replicas.get(i);
      Node node = cluster.topology().node(replica.node());
      String address = node == null ? "" : "ip=" + node.host() + ",port=" + node.port();
      String state = replica.online() ? "online" : "send_bulk";
      long lag = replica.online() ? seconds(replica.silentMillis()) : 0;
      lines.field(
          "slave" + i, address + ",state=" + state + ",offset=" + replica.offset() + ",lag=" + lag);
    }
  }

  private void backlog(InfoLines lines) {
    boolean active = replication.keepsBacklog();
    long first = replication.stream().keptFrom();
    lines.field("repl_backlog_active", active ? 1 : 0);
    lines.field("repl_backlog_size", replication.settings().backlogBytes());
    lines.field("repl_backlog_first_byte_offset", active ? first + 1 : 0);
    lines.field("repl_backlog_histlen", active ? replication.stream().offset() - first : 0);
  }

  private static long seconds(long millis) {
    return TimeUnit.MILLISECONDS.toSeconds(millis);
  }
}
