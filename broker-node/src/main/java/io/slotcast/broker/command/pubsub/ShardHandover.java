package io.slotcast.broker.command.pubsub;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.peer.PeerLink;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees when subscribers of shard channels lose their node and will come to this one, so that they
 * are given what they missed on the way (ADR 0015): a slot has moved to this node's shard, or a
 * node of the shard is gone.
 *
 * <p>Its methods run on one membership thread, {@link #use} apart.
 */
public final class ShardHandover {
  private final ClusterView cluster;
  private final PeerLinks peers;
  private final PubSub pubSub;
  private final LongSupplier millis;
  private volatile long graceMillis;
  private Set<NodeId> live = Set.of();

  /**
   * @param millis wall-clock milliseconds
   * @param graceMillis {@code cluster-pubsubshard-handover-ms}
   */
  public ShardHandover(
      ClusterView cluster, PeerLinks peers, PubSub pubSub, LongSupplier millis, long graceMillis) {
    this.cluster = cluster;
    this.peers = peers;
    this.pubSub = pubSub;
    this.millis = millis;
    this.graceMillis = graceMillis;
  }

  /** Follows topology and liveness from now on; called before either is known. */
  public void follow() {
    cluster.beforeRouting(this::changes);
    cluster.membership().onLive(this::live);
  }

  /** Changes {@code cluster-pubsubshard-handover-ms}. Safe from any thread. */
  public void use(long newGraceMillis) {
    graceMillis = newGraceMillis;
    remember(ownShard(cluster.topology()));
  }

  private void remember(@Nullable Shard shard) {
    boolean others = shard != null && !shard.replicas().isEmpty();
    pubSub.rememberShardMessages(graceMillis, others);
  }

  private @Nullable Shard ownShard(Topology topology) {
    return topology.shardOf(cluster.self()).orElse(null);
  }

  private void changes(Topology before, Topology after) {
    Shard shard = ownShard(after);
    remember(shard);
    if (shard == null || before.epoch() == 0) {
      return;
    }
    Shard same = before.shard(shard.id()).orElse(null);
    SlotSet had = same == null ? SlotSet.empty() : same.slots();
    SlotSet came = shard.slots().minus(had);
    SlotSet went = had.minus(shard.slots());
    if (!went.isEmpty()) {
      pubSub.expectNoSubscribers(went);
    }
    SlotSet moved = came.intersect(before.assigned());
    long now = millis.getAsLong();
    if (!moved.isEmpty()) {
      pubSub.expectSubscribers(moved, now, now);
    }
    if (same != null && !same.primary().equals(shard.primary()) && !isLive(same.primary())) {
      expectThoseOf(same.primary(), shard, now);
    }
  }

  private boolean isLive(NodeId node) {
    return node.equals(cluster.self()) || live.contains(node);
  }

  private void live(Set<NodeId> now) {
    Set<NodeId> before = live;
    live = now;
    Shard shard = ownShard(cluster.topology());
    if (shard != null) {
      shard
          .members()
          .filter(member -> before.contains(member) && !now.contains(member))
          .forEach(gone -> expectThoseOf(gone, shard, millis.getAsLong()));
    }
  }

  /** What the node was sent after it was last heard of may not have reached its subscribers. */
  private void expectThoseOf(NodeId gone, Shard shard, long now) {
    PeerLink link = peers.link(gone);
    long heard = link == null ? 0 : link.lastHeardMillis();
    pubSub.expectSubscribers(shard.slots(), heard == 0 ? now : Math.min(heard, now), now);
  }
}
