package io.slotcast.broker;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.pubsub.ShardHandover;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.pubsub.PubSub;
import java.util.concurrent.TimeUnit;

/** How long shard messages are remembered for subscribers that have lost their node (ADR 0015). */
final class ShardMessages {
  private ShardMessages() {}

  /**
   * @param loop on which what is remembered no longer is freed
   */
  static void follow(
      ServerConfig config, ClusterView cluster, PeerLinks peers, PubSub pubSub, IoLoop loop) {
    ShardHandover handover =
        new ShardHandover(
            cluster,
            peers,
            pubSub,
            System::currentTimeMillis,
            config.get(Directives.CLUSTER_PUBSUBSHARD_HANDOVER).toMillis());
    handover.follow();
    config.onChange(
        Directives.CLUSTER_PUBSUBSHARD_HANDOVER, grace -> handover.use(grace.toMillis()));
    loop.eventLoop()
        .scheduleAtFixedRate(
            () -> pubSub.forgetShardMessages(System.currentTimeMillis()), 1, 1, TimeUnit.SECONDS);
  }
}
