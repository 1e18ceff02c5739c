package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.peer.PeerLink;
import io.slotcast.broker.peer.PeerLinks;

/** Who is connected. */
final class ClientsSection implements InfoSection {
  private final ServerConfig config;
  private final ClientRegistry clients;
  private final PeerLinks peers;

  ClientsSection(ServerConfig config, ClientRegistry clients, PeerLinks peers) {
    this.config = config;
    this.clients = clients;
    this.peers = peers;
  }

  @Override
  public String title() {
    return "Clients";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    long widestInput = 0;
    long widestOutput = 0;
    int blocked = 0;
    int subscribed = 0;
    for (Client client : clients.all()) {
      widestInput = Math.max(widestInput, client.connection().pendingInput());
      widestOutput = Math.max(widestOutput, client.connection().pendingOutput());
      blocked += client.isPostponed() || client.blocked() != null ? 1 : 0;
      subscribed += client.subscriptions().total() > 0 ? 1 : 0;
    }
    lines.field("connected_clients", clients.count());
    lines.field("cluster_connections", peers.links().stream().filter(PeerLink::isUp).count());
    lines.field("maxclients", config.get(Directives.MAXCLIENTS));
    lines.field("client_recent_max_input_buffer", widestInput);
    lines.field("client_recent_max_output_buffer", widestOutput);
    lines.field("blocked_clients", blocked);
    lines.field("tracking_clients", 0);
    lines.field("pubsub_clients", subscribed);
    lines.zeros(
        "watching_clients",
        "clients_in_timeout_table",
        "total_watched_keys",
        "total_blocking_keys",
        "total_blocking_keys_on_nokey");
  }
}
