package io.slotcast.broker.command.pubsub;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.List;

/**
 * When this node's shard loses slots, the subscribers of their channels are told by an unsolicited
 * {@code sunsubscribe}, and are to subscribe again at the new owner. Who waits for keys there is
 * told where they are.
 */
public final class LostSlots {
  private static final List<SubscriptionKind> SHARD_KINDS =
      List.of(SubscriptionKind.SHARD_CHANNEL, SubscriptionKind.SHARD_PATTERN);

  private final ClusterView cluster;
  private final ClientRegistry clients;
  private final PubSub pubSub;

  /** What this node's shard owned by the last topology; for the membership thread alone. */
  private SlotSet owned = SlotSet.empty();

  private LostSlots(ClusterView cluster, ClientRegistry clients, PubSub pubSub) {
    this.cluster = cluster;
    this.clients = clients;
    this.pubSub = pubSub;
  }

  /** Follows the topology from now on. */
  public static void follow(ClusterView cluster, ClientRegistry clients, PubSub pubSub) {
    LostSlots lostSlots = new LostSlots(cluster, clients, pubSub);
    cluster.onTopology(lostSlots::learn);
  }

  private void learn(Topology topology) {
    SlotSet now = topology.shardOf(cluster.self()).map(Shard::slots).orElse(SlotSet.empty());
    SlotSet lost = owned.minus(now);
    owned = now;
    if (!lost.isEmpty()) {
      clients.all().forEach(client -> client.loop().send(() -> tell(client, lost), null));
    }
  }

  private void tell(Client client, SlotSet lost) {
    if (!client.connection().isClosing()) {
      client.redirectIfMoved();
      drop(client, lost);
    }
  }

  private void drop(Client client, SlotSet lost) {
    for (SubscriptionKind kind : SHARD_KINDS) {
      for (byte[] name : client.subscriptions().names(kind)) {
        int slot = PubSub.slotOf(kind, name);
        if (slot >= 0 && lost.contains(slot)) {
          drop(client, kind, name);
        }
      }
    }
  }

  private void drop(Client client, SubscriptionKind kind, byte[] name) {
    pubSub.unsubscribe(client.subscriptions(), kind, name);
    RespWriter push = new RespWriter(client.connection().reply(), client.connection().isResp3());
    push.push(3);
    push.bulk(kind.unsubscribeWord());
    push.bulk(name);
    push.integer(client.subscriptions().countShown(kind));
  }
}
