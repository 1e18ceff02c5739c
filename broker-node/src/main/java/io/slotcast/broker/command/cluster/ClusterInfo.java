package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.migration.LostKeys;
import io.slotcast.broker.migration.MigrationJob.Direction;
import io.slotcast.broker.migration.Migrations;
import io.slotcast.broker.migration.SlotMigration;
import io.slotcast.broker.peer.FrameKind;
import io.slotcast.broker.peer.LinkCounters;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.membership.MembershipStatistics;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * CLUSTER INFO: the cluster's state in numbers. Messages are counted by kind: what travels on the
 * links between nodes, and as {@code control} what keeps membership and topology.
 */
final class ClusterInfo implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("info", 2)
          .flags(STALE)
          .tips("nondeterministic_output")
          .doc("cluster", "3.0.0", "Returns the state of the cluster as this node sees it.")
          .build();

  private final ClusterView cluster;
  private final PeerLinks peers;
  private final SlotMigration migration;

  ClusterInfo(ClusterView cluster, PeerLinks peers, SlotMigration migration) {
    this.cluster = cluster;
    this.peers = peers;
    this.migration = migration;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StringBuilder text = new StringBuilder();
    state(text);
    MembershipStatistics statistics = cluster.membership().statistics();
    messages(text, "sent", LinkCounters::sent, statistics.messagesSent());
    messages(text, "received", LinkCounters::received, statistics.messagesReceived());
    bytes(text, "sent", LinkCounters::sent);
    bytes(text, "received", LinkCounters::received);
    long dropped =
        peers.links().stream().mapToLong(link -> link.counters().dropped().frames()).sum();
    line(text, "total_cluster_links_buffer_limit_exceeded", dropped);
    migrations(text);
    call.reply().verbatim("txt", text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private void state(StringBuilder text) {
    Topology topology = cluster.topologyWithSelf();
    long assigned = topology.assigned().size();
    long failed = 0;
    long size = 0;
    for (Shard shard : topology.shards()) {
      failed += cluster.isLive(shard.primary()) ? 0 : shard.slots().size();
      size += shard.slots().isEmpty() ? 0 : 1;
    }
    text.append("cluster_state:").append(cluster.isOk() ? "ok" : "fail").append("\r\n");
    line(text, "cluster_slots_assigned", assigned);
    line(text, "cluster_slots_ok", assigned - failed);
    line(text, "cluster_slots_pfail", 0);
    line(text, "cluster_slots_fail", failed);
    line(text, "cluster_known_nodes", topology.nodes().size());
    line(text, "cluster_size", size);
    line(text, "cluster_current_epoch", topology.epoch());
    line(text, "cluster_my_epoch", cluster.ownEpoch());
  }

  /** As Redis 8.4 has them. */
  private void migrations(StringBuilder text) {
    Migrations jobs = migration.migrations();
    line(
        text,
        "cluster_slot_migration_active_tasks",
        (long) jobs.active(Direction.EXPORT) + jobs.active(Direction.IMPORT));
    LostKeys.Trims trims = migration.trims();
    String active = "cluster_slot_migration_active_trim_";
    line(text, active + "running", trims.isRunning() ? 1 : 0);
    line(text, active + "current_job_trimmed", trims.isRunning() ? trims.dropped() : 0);
    String statistics = "cluster_slot_migration_stats_active_trim_";
    line(text, statistics + "started", trims.begun());
    line(text, statistics + "completed", trims.ended());
  }

  private void messages(
      StringBuilder text,
      String direction,
      BiFunction<LinkCounters, FrameKind, LinkCounters.Flow> flow,
      long control) {
    long total = control;
    for (FrameKind kind : FrameKind.values()) {
      long frames =
          peers.links().stream()
              .mapToLong(link -> flow.apply(link.counters(), kind).frames())
              .sum();
      total += frames;
      message(text, name(kind), direction, frames);
    }
    message(text, "control", direction, control);
    line(text, "cluster_stats_messages_" + direction, total);
  }

  /** As Valkey names them; Redis does not tell. What membership sends is not among them. */
  private void bytes(
      StringBuilder text,
      String direction,
      BiFunction<LinkCounters, FrameKind, LinkCounters.Flow> flow) {
    long total = 0;
    long ofMessages = 0;
    for (FrameKind kind : FrameKind.values()) {
      long bytes =
          peers.links().stream().mapToLong(link -> flow.apply(link.counters(), kind).bytes()).sum();
      total += bytes;
      ofMessages += kind.isMessage() ? bytes : 0;
    }
    line(text, "cluster_stats_bytes_" + direction, total);
    line(text, "cluster_stats_pubsub_bytes_" + direction, ofMessages);
  }

  /** Redis leaves out the kinds of which there was none. */
  private static void message(StringBuilder text, String kind, String direction, long count) {
    if (count > 0) {
      line(text, "cluster_stats_messages_" + kind + "_" + direction, count);
    }
  }

  /** Redis' name for the kinds that it has too. */
  private static String name(FrameKind kind) {
    return kind == FrameKind.SHARD_PUBLISH
        ? "publishshard"
        : kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(':').append(value).append("\r\n");
  }
}
