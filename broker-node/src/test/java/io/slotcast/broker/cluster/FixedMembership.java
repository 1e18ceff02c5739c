package io.slotcast.broker.cluster;

import io.slotcast.membership.ClusterMembership;
import io.slotcast.membership.MembershipStatistics;
import io.slotcast.membership.SoftState;
import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyStore;
import io.slotcast.membership.failover.FailoverPolicy;
import io.slotcast.membership.failover.ReplicaStream;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.ServingRight;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A membership that agrees with itself: for tests without a bus. */
public class FixedMembership implements ClusterMembership, TopologyStore {
  private final Node self;
  private final List<Consumer<Topology>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Set<NodeId>>> liveListeners = new CopyOnWriteArrayList<>();
  private volatile Topology topology;
  private volatile boolean serving = true;
  private volatile Set<NodeId> dead = Set.of();
  private final List<InetSocketAddress> met = new CopyOnWriteArrayList<>();
  private volatile SlotSet stopped = SlotSet.empty();

  public FixedMembership(Node self, Topology topology) {
    this.self = self;
    this.topology = topology;
  }

  /** A node that owns every slot. */
  public static FixedMembership alone(int port) {
    Random random = new Random(port);
    Node self = Node.plain(NodeId.random(random), "127.0.0.1", port);
    Shard shard = new Shard(ShardId.random(random), self.id(), List.of(), SlotSet.all(), 1);
    return new FixedMembership(self, new Topology(1, List.of(self), List.of(shard), List.of()));
  }

  /** Lets the node learn another topology. */
  public void change(Topology newTopology) {
    topology = newTopology;
    listeners.forEach(listener -> listener.accept(newTopology));
  }

  /** Gives or takes the lease. */
  public void serving(boolean value) {
    serving = value;
  }

  /** Lets these nodes, and no others, be thought dead. */
  public void dead(NodeId... nodes) {
    dead = Set.of(nodes);
    liveListeners.forEach(listener -> listener.accept(live()));
  }

  @Override
  public Node self() {
    return self;
  }

  @Override
  public TopologyStore topology() {
    return this;
  }

  @Override
  public Topology current() {
    return topology;
  }

  @Override
  public CompletionStage<Topology> propose(TopologyChange change) {
    try {
      change(change.apply(topology).withEpoch(topology.epoch() + 1));
      return CompletableFuture.completedStage(topology);
    } catch (TopologyChange.RefusedException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  @Override
  public void listen(Consumer<Topology> listener) {
    listeners.add(listener);
    listener.accept(topology);
  }

  @Override
  public ServingRight servingRight() {
    return slot -> serving && !stopped.contains(slot);
  }

  @Override
  public CompletionStage<Void> stopServing(SlotSet slots) {
    stopped = stopped.union(slots);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> serveAgain(SlotSet slots) {
    stopped = stopped.minus(slots);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public Set<NodeId> live() {
    return topology.nodes().stream()
        .map(Node::id)
        .filter(id -> !dead.contains(id))
        .collect(Collectors.toSet());
  }

  @Override
  public void onLive(Consumer<Set<NodeId>> listener) {
    liveListeners.add(listener);
    listener.accept(live());
  }

  @Override
  public void replicateBy(ReplicaStream stream, Supplier<FailoverPolicy> policy) {}

  @Override
  public void requestFailover(boolean forced) {}

  @Override
  public void onFailoverRequested(BiConsumer<NodeId, Boolean> listener) {}

  /** The bus addresses that were to be met. */
  public List<InetSocketAddress> met() {
    return List.copyOf(met);
  }

  @Override
  public void meet(InetSocketAddress bus) {
    met.add(bus);
  }

  /** The node is alone from then on; its name stays, whatever {@code hard} says. */
  @Override
  public CompletionStage<Void> reset(boolean hard) {
    Shard shard =
        new Shard(ShardId.random(new Random(1)), self.id(), List.of(), SlotSet.empty(), 0);
    change(new Topology(1, List.of(self), List.of(shard), List.of()));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void nodeTimeout(Duration silence) {}

  @Override
  public MembershipStatistics statistics() {
    return new MembershipStatistics(1, topology.epoch(), 1, true, 0, 0, 0, serving, 0, 0, 0, 0);
  }

  @Override
  public SoftState softState() {
    return new SoftState() {
      @Override
      public void publish(String name, byte[] value) {}

      @Override
      public byte @Nullable [] read(NodeId node, String name) {
        return null;
      }

      @Override
      public Map<NodeId, byte[]> readAll(String name) {
        return Map.of();
      }
    };
  }

  @Override
  public void leave() {}

  @Override
  public void close() {}
}
