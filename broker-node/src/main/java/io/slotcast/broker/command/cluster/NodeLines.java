package io.slotcast.broker.command.cluster;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;

/**
 * A node in one line, as CLUSTER NODES and REPLICAS print it:
 *
 * <pre>id ip:port@bus[,hostname] flags primary ping-sent pong-received epoch link slot…</pre>
 */
final class NodeLines {
  private final ClusterView cluster;
  private final PeerLinks peers;

  NodeLines(ClusterView cluster, PeerLinks peers) {
    this.cluster = cluster;
    this.peers = peers;
  }

  /** The line without an end; {@code tls} tells which port the asking client wants to see. */
  String line(Topology topology, Node node, boolean tls) {
    Shard shard = topology.shardOf(node.id()).orElse(null);
    boolean isReplica = shard != null && !shard.primary().equals(node.id());
    StringBuilder line = new StringBuilder(160).append(node.id()).append(' ');
    line.append(node.host()).append(':').append(node.portFor(tls)).append('@');
    line.append(node.busPort());
    if (!node.hostname().isEmpty()) {
      line.append(',').append(node.hostname());
    }
    line.append(' ').append(flags(node.id(), isReplica));
    line.append(' ').append(shard != null && isReplica ? shard.primary() : "-");
    line.append(" 0 ").append(lastHeardMillis(node.id()));
    line.append(' ').append(shard == null ? 0 : shard.epoch());
    line.append(' ').append(isConnected(node.id()) ? "connected" : "disconnected");
    if (shard != null && !isReplica) {
      slots(line, topology, node.id(), shard.slots());
    }
    return line.toString();
  }

  private String flags(NodeId node, boolean isReplica) {
    String role = isReplica ? "slave" : "master";
    if (node.equals(cluster.self())) {
      return "myself," + role;
    }
    return cluster.live().contains(node) ? role : role + ",fail";
  }

  private long lastHeardMillis(NodeId node) {
    return peers.links().stream()
        .filter(link -> link.peer().equals(node))
        .mapToLong(link -> link.lastHeardMillis())
        .findFirst()
        .orElse(0);
  }

  private boolean isConnected(NodeId node) {
    return node.equals(cluster.self())
        || peers.links().stream().anyMatch(link -> link.peer().equals(node) && link.isUp());
  }

  /** The slots, and for this node also those under way, to and from it. */
  private void slots(StringBuilder line, Topology topology, NodeId node, SlotSet slots) {
    if (!slots.isEmpty()) {
      line.append(' ').append(slots);
    }
    if (!node.equals(cluster.self())) {
      return;
    }
    for (SlotMove move : topology.moves()) {
      if (move.source().equals(node)) {
        line.append(" [").append(move.slot()).append("->-").append(move.target()).append(']');
      } else if (move.target().equals(node)) {
        line.append(" [").append(move.slot()).append("-<-").append(move.source()).append(']');
      }
    }
  }
}
