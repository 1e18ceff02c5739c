package io.slotcast.broker.bench;

import java.util.BitSet;

/** Which primaries publishers and subscribers of a cell are at, and what follows for its cost. */
final class FanoutLayout {
  private final FanoutCell cell;
  private final int primaries;
  private final int nodes;
  private final double replicas;
  private final int[] owners;

  FanoutLayout(TargetCluster cluster, FanoutCell cell) {
    this.cell = cell;
    this.primaries = cluster.primaries().size();
    this.nodes = cluster.size();
    this.replicas = cluster.replicasOfEach();
    this.owners = new int[cell.channels()];
    for (int channel = 0; channel < owners.length; channel++) {
      owners[channel] = cluster.ownerOf(FanoutCell.channel(channel));
    }
  }

  int subscriberNode(int channel, int subscriber) {
    if (cell.mode() == FanoutMode.SHARDED) {
      return owners[channel];
    }
    return switch (cell.placement()) {
      case SPREAD -> (channel * cell.subscribers() + subscriber) % primaries;
      case TOGETHER -> channel % primaries;
    };
  }

  /** Whether a publisher at a node sends to a channel: a shard channel's are at its owner. */
  boolean publishes(int node, int channel) {
    return cell.mode() != FanoutMode.SHARDED || owners[channel] == node;
  }

  /**
   * Messages from node to node for one that is published: to all others, to the others that have
   * subscribers, or to the replicas of the shard.
   */
  double predictedFrames() {
    return switch (cell.mode()) {
      case BROADCAST -> nodes - 1;
      case INTEREST -> interestedNodes();
      case SHARDED -> replicas;
    };
  }

  /** The mean over all publishers and channels of how many other nodes have subscribers. */
  private double interestedNodes() {
    long others = 0;
    for (int channel = 0; channel < cell.channels(); channel++) {
      BitSet interested = new BitSet(primaries);
      for (int i = 0; i < cell.subscribers(); i++) {
        interested.set(subscriberNode(channel, i));
      }
      for (int publisher = 0; publisher < cell.publishers(); publisher++) {
        others += interested.cardinality() - (interested.get(publisher % primaries) ? 1 : 0);
      }
    }
    return (double) others / cell.channels() / cell.publishers();
  }
}
