package io.slotcast.broker.admin;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.peer.PeerLink;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether clients should be sent to this node, and if not, why. Safe from any thread. */
public final class Readiness {
  private enum Phase {
    STARTING,
    SERVING,
    LEAVING
  }

  private final ClusterView cluster;
  private final PeerLinks peers;
  private volatile Phase phase = Phase.STARTING;

  public Readiness(ClusterView cluster, PeerLinks peers) {
    this.cluster = cluster;
    this.peers = peers;
  }

  /** Clients can connect from now on. */
  public void listening() {
    phase = Phase.SERVING;
  }

  /** No client should come any more. */
  public void leaving() {
    phase = Phase.LEAVING;
  }

  public boolean isReady() {
    return obstacles().isEmpty();
  }

  /** What keeps the node from being ready, in words for an operator; empty if nothing does. */
  List<String> obstacles() {
    return switch (phase) {
      case STARTING -> List.of("the client port is not open yet");
      case LEAVING -> List.of("the node is leaving");
      case SERVING -> obstaclesInCluster();
    };
  }

  private List<String> obstaclesInCluster() {
    Topology topology = cluster.topology();
    NodeId self = cluster.self();
    if (topology.epoch() == 0) {
      return List.of("no topology is known yet");
    }
    if (topology.node(self) == null) {
      return List.of("this node is not in the topology");
    }
    List<String> obstacles = new ArrayList<>();
    Set<NodeId> live = cluster.live();
    for (PeerLink link : peers.links()) {
      if (live.contains(link.peer()) && !link.isUp()) {
        obstacles.add("no link to node " + link.peer().hex());
      }
    }
    if (!topology.slotsOf(self).isEmpty() && !cluster.membership().statistics().leaseHeld()) {
      obstacles.add("no lease on this node's slots");
    }
    return obstacles;
  }
}
