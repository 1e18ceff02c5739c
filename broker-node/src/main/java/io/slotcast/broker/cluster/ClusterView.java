package io.slotcast.broker.cluster;

import io.slotcast.broker.config.EndpointType;
import io.slotcast.membership.ClusterMembership;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.RoutingPolicy;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotRouter;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The cluster as this node sees it at this moment. Every command is routed by one snapshot,
 * replaced whole when a topology is learnt. Safe from any thread.
 */
public final class ClusterView {
  /** As long as a lease, and some more, may be on its way. */
  private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final ClusterMembership membership;
  private final List<Consumer<Topology>> listeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<Topology, Topology>> beforeRouting = new CopyOnWriteArrayList<>();

  /** Replaced under {@code this}. */
  private volatile SlotRouter router;

  private volatile Gained gained = new Gained(SlotSet.empty(), 0);
  private volatile RoutingPolicy policy;
  private volatile EndpointType endpointType;

  /** Slots that became this node's, and when. */
  private record Gained(SlotSet slots, long nanos) {
    boolean isRecent() {
      return System.nanoTime() - nanos < LEASE_NANOS;
    }
  }

  public ClusterView(
      ClusterMembership membership, RoutingPolicy policy, EndpointType endpointType) {
    this.membership = membership;
    this.policy = policy;
    this.endpointType = endpointType;
    this.router = newRouter(Topology.empty());
  }

  /** Follows the topology from now on. */
  public void start() {
    membership.topology().listen(this::learn);
    membership.onLive(nodes -> look());
  }

  private SlotRouter newRouter(Topology topology) {
    return new SlotRouter(topology, self(), policy, membership.servingRight(), live());
  }

  /** Whether the cluster is whole depends on who is alive. */
  private synchronized void look() {
    SlotRouter now = newRouter(router.topology());
    if (now.isCovered() != router.isCovered()) {
      router = now;
    }
  }

  private synchronized void learn(Topology topology) {
    Topology before = router.topology();
    SlotSet more = topology.slotsOf(self()).minus(before.slotsOf(self()));
    if (!more.isEmpty()) {
      SlotSet others = gained.isRecent() ? gained.slots() : SlotSet.empty();
      gained = new Gained(more.union(others), System.nanoTime());
    }
    beforeRouting.forEach(listener -> listener.accept(before, topology));
    router = newRouter(topology);
    listeners.forEach(listener -> listener.accept(topology));
  }

  /**
   * Calls {@code listener} with each topology from now on, and the one before it, before commands
   * are routed by it. It must be quick.
   */
  public void beforeRouting(BiConsumer<Topology, Topology> listener) {
    beforeRouting.add(listener);
  }

  /** Calls {@code listener} with each topology from now on, after routing by it has begun. */
  public void onTopology(Consumer<Topology> listener) {
    listeners.add(listener);
  }

  /** Completes when this node routes by a topology of that epoch or a later one. */
  public CompletionStage<Void> learned(long epoch) {
    return learned(topology -> topology.epoch() >= epoch);
  }

  /** Completes when this node routes by a topology of which something holds. */
  public CompletionStage<Void> learned(Predicate<Topology> wanted) {
    CompletableFuture<Void> learned = new CompletableFuture<>();
    Consumer<Topology> listener =
        topology -> {
          if (wanted.test(topology)) {
            learned.complete(null);
          }
        };
    listeners.add(listener);
    listener.accept(topology());
    return learned.whenComplete((done, failure) -> listeners.remove(listener));
  }

  /**
   * Whether a slot became this node's a moment ago, so that the lease on it, if there is none yet,
   * is to come at any moment.
   */
  public boolean isGainedLately(int slot) {
    Gained last = gained;
    return last.slots().contains(slot) && last.isRecent();
  }

  /** Changes what is served while the cluster is not whole. */
  public synchronized void use(RoutingPolicy newPolicy) {
    policy = newPolicy;
    router = newRouter(router.topology());
  }

  /** Changes what redirects name a node by. */
  public void use(EndpointType newType) {
    endpointType = newType;
  }

  public NodeId self() {
    return membership.self().id();
  }

  /**
   * Whether {@code topology} holds this run of this node. If so, no change that was begun for an
   * earlier run of it is still to come: what this node may have lost by its restart, nobody relies
   * on its having.
   */
  public boolean namesThisRun(Topology topology) {
    Node self = membership.self();
    Node placed = topology.node(self.id());
    return placed != null && placed.run() == self.run();
  }

  /** The epoch of this node's shard; the topology's as long as it is in none. */
  public long ownEpoch() {
    Topology topology = topology();
    return topology.shardOf(self()).map(Shard::epoch).orElse(topology.epoch());
  }

  /** Whether this node is another's replica; a node outside every shard is not. */
  public boolean isReplica() {
    return topology().shardOf(self()).filter(shard -> !shard.primary().equals(self())).isPresent();
  }

  public ClusterMembership membership() {
    return membership;
  }

  public SlotRouter router() {
    return router;
  }

  public Topology topology() {
    return router.topology();
  }

  /** The topology, with this node in it even before it was admitted to a cluster. */
  public Topology topologyWithSelf() {
    Topology topology = topology();
    Node self = membership.self();
    return topology.node(self.id()) == null ? topology.withNode(self) : topology;
  }

  /** Whether a node is this one, or thought alive. */
  public boolean isLive(NodeId node) {
    return node.equals(self()) || live().contains(node);
  }

  /** The nodes thought alive, this one included. */
  public Set<NodeId> live() {
    return membership.live();
  }

  /**
   * {@code cluster_state:ok}: every slot that must have an owner has one that is not dead with its
   * whole shard, and this node may serve.
   */
  public boolean isOk() {
    Topology topology = topology();
    boolean serving = membership.statistics().leaseHeld();
    return topology.epoch() > 0 && router.isCovered() && serving;
  }

  public EndpointType endpointType() {
    return endpointType;
  }

  /** What a redirect or CLUSTER SLOTS names a node by; empty where the caller is to guess. */
  public String endpoint(Node node) {
    return switch (endpointType) {
      case IP -> node.host();
      case HOSTNAME -> node.hostname().isEmpty() ? "?" : node.hostname();
      case UNKNOWN_ENDPOINT -> "";
    };
  }
}
