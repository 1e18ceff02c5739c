package io.slotcast.broker.admin;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.peer.PeerLink;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether clients should be sent to this node, and if not, why. Safe from any thread. */
public final class Readiness {
  private enum Phase {
    STARTING,
    LOADING,
    SERVING,
    LEAVING
  }

  private static final int AGAIN_MILLIS = 20;

  private final ClusterView cluster;
  private final PeerLinks peers;
  private final ScheduledExecutorService scheduler;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile Phase phase = Phase.STARTING;

  public Readiness(ClusterView cluster, PeerLinks peers, ScheduledExecutorService scheduler) {
    this.cluster = cluster;
    this.peers = peers;
    this.scheduler = scheduler;
  }

  /** Clients can connect from now on. */
  public void listening() {
    phase = Phase.LOADING;
  }

  /** What is on disk is loaded. */
  public void loaded() {
    phase = Phase.SERVING;
    check();
  }

  /** No client should come any more. */
  public void leaving() {
    phase = Phase.LEAVING;
    ready.completeExceptionally(new IllegalStateException("closed before it was ready"));
  }

  /** Completes when the node is ready for the first time; fails if it leaves before. */
  public CompletionStage<Void> ready() {
    return ready;
  }

  /**
   * To be called whenever the node is linked with all live peers: the lease may come a little
   * later, and nobody tells of that.
   */
  public void check() {
    if (ready.isDone()) {
      return;
    }
    if (obstacles().isEmpty()) {
      ready.complete(null);
    } else if (peers.isLinked() && waiting.compareAndSet(false, true)) {
      scheduler.schedule(this::checkAgain, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void checkAgain() {
    waiting.set(false);
    check();
  }

  /** What keeps the node from being ready, in words for an operator; empty if nothing does. */
  List<String> obstacles() {
    return switch (phase) {
      case STARTING -> List.of("the client port is not open yet");
      case LOADING -> List.of("the data is being loaded");
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
    for (Node node : topology.nodes()) {
      if (!node.id().equals(self) && live.contains(node.id()) && !isLinkedWith(node.id())) {
        obstacles.add("no link to node " + node.id().hex());
      }
    }
    if (!topology.slotsOf(self).isEmpty() && !cluster.membership().statistics().leaseHeld()) {
      obstacles.add("no lease on this node's slots");
    }
    return obstacles;
  }

  private boolean isLinkedWith(NodeId peer) {
    PeerLink link = peers.link(peer);
    return link != null && link.isUp();
  }
}
