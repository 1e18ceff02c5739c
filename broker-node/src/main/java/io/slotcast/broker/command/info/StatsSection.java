package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.ErrorStatistics;
import io.slotcast.broker.command.connection.Authentication;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import io.slotcast.broker.replication.Replication;

/** What was done since the start, or since CONFIG RESETSTAT. */
final class StatsSection implements InfoSection {
  private final Traffic traffic;
  private final ClientRegistry clients;
  private final PubSub pubSub;
  private final ErrorStatistics errors;
  private final Authentication authentication;
  private final SlotTable slots;
  private final Replication replication;

  StatsSection(
      Traffic traffic,
      ClientRegistry clients,
      PubSub pubSub,
      ErrorStatistics errors,
      Authentication authentication,
      SlotTable slots,
      Replication replication) {
    this.traffic = traffic;
    this.clients = clients;
    this.pubSub = pubSub;
    this.errors = errors;
    this.authentication = authentication;
    this.slots = slots;
    this.replication = replication;
  }

  @Override
  public String title() {
    return "Stats";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    Traffic.Counts counts = traffic.counts();
    Traffic.Rates rates = traffic.rates();
    lines.field("total_connections_received", counts.connections());
    lines.field("total_commands_processed", counts.commands());
    lines.field("instantaneous_ops_per_sec", Math.round(rates.commands()));
    lines.field("total_net_input_bytes", counts.bytesIn());
    lines.field("total_net_output_bytes", counts.bytesOut());
    lines.zeros("total_net_repl_input_bytes", "total_net_repl_output_bytes");
    lines.decimal("instantaneous_input_kbps", rates.bytesIn() / 1024);
    lines.decimal("instantaneous_output_kbps", rates.bytesOut() / 1024);
    lines.decimal("instantaneous_input_repl_kbps", 0);
    lines.decimal("instantaneous_output_repl_kbps", 0);
    lines.field("rejected_connections", clients.rejected());
    Replication.Syncs syncs = replication.syncs();
    lines.field("sync_full", syncs.full());
    lines.field("sync_partial_ok", syncs.partial());
    lines.field("sync_partial_err", syncs.refused());
    KeyspaceTotals keyspace = KeyspaceTotals.of(slots);
    lines.field("expired_keys", keyspace.expired());
    lines.field("evicted_keys", keyspace.evicted());
    lines.zeros("evicted_clients");
    lines.field("keyspace_hits", keyspace.hits());
    lines.field("keyspace_misses", keyspace.misses());
    lines.field("pubsub_channels", pubSub.count(SubscriptionKind.CHANNEL));
    lines.field("pubsub_patterns", pubSub.count(SubscriptionKind.PATTERN));
    lines.field("pubsubshard_channels", pubSub.count(SubscriptionKind.SHARD_CHANNEL));
    lines.zeros("latest_fork_usec", "total_forks", "migrate_cached_sockets");
    lines.zeros("tracking_total_keys", "tracking_total_items", "tracking_total_prefixes");
    lines.field("unexpected_error_replies", replication.failedEffects());
    lines.field("total_error_replies", errors.total());
    lines.field("total_writes_processed", counts.writes());
    lines.field("client_output_buffer_limit_disconnections", counts.limitHits());
    lines.field("acl_access_denied_auth", authentication.failures());
    lines.zeros("acl_access_denied_cmd", "acl_access_denied_key", "acl_access_denied_channel");
  }
}
