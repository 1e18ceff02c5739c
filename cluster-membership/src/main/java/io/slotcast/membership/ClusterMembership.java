package io.slotcast.membership;

import io.slotcast.membership.control.ControlPlane;
import io.slotcast.membership.failover.FailoverPolicy;
import io.slotcast.membership.failover.ReplicaStream;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.ServingRight;
import io.slotcast.router.SlotSet;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node's place in its cluster. Created by {@link #start}; from then on it finds the other nodes,
 * forms or joins the cluster, keeps this node's lease and learns every topology. All methods are
 * safe from any thread and none blocks, {@link #leave()} and {@link #close()} apart.
 */
public interface ClusterMembership extends AutoCloseable {
  /**
   * Starts a node: takes its folder and binds its bus port, then looks for its cluster in the
   * background.
   *
   * @throws io.slotcast.membership.folder.FolderHeldException if another node has the folder
   * @throws io.slotcast.membership.folder.FolderCorruptException if the folder is damaged
   * @throws java.net.BindException if the bus port cannot be had
   */
  static ClusterMembership start(MembershipConfig config) throws IOException {
    return ControlPlane.start(config);
  }

  /** This node, as it announces itself. */
  Node self();

  TopologyStore topology();

  /** Whether this node's lease on a slot of its own runs now; read on every keyed command. */
  ServingRight servingRight();

  /**
   * The first step of handing slots of this node over (rule 12 of docs/adr/0001): their leases are
   * given up. When the stage has completed, {@link #servingRight()} says no for them. The caller
   * then waits until no reply to a command on them is still to leave, and proposes who owns them;
   * if that fails it calls {@link #serveAgain} with the same slots. A slot that a topology gives to
   * another node is no longer stopped.
   *
   * <p>Fails with {@link TopologyChange.RefusedException}, and stops nothing, where a slot is not
   * this node's or is stopped already: it has one handover at a time.
   */
  CompletionStage<Void> stopServing(SlotSet slots);

  /**
   * Takes {@link #stopServing} back: completes when the lease on those slots that are still this
   * node's is asked for again. They are served once a majority of the voters has granted it.
   */
  CompletionStage<Void> serveAgain(SlotSet slots);

  /** The nodes of this cluster that are thought alive, this one included: a hint, never a right. */
  Set<NodeId> live();

  /**
   * Calls {@code listener} with {@link #live()} as it is now, and with each new value of it on one
   * membership thread.
   */
  void onLive(Consumer<Set<NodeId>> listener);

  /** Small facts that nodes tell each other without agreeing on them. */
  SoftState softState();

  /**
   * Says how this node follows its primary, and what the operator wants of failover; both are asked
   * on the control-plane thread, from now on. Without this call the node is never promoted by
   * itself.
   */
  void replicateBy(ReplicaStream stream, Supplier<FailoverPolicy> policy);

  /**
   * As a replica: asks the primary to hand its slots over to this node. If {@code forced}, this
   * node proposes itself with the data that it has, and a primary that is alive gives up at once;
   * the register lets no one else's lease be overrun. Given up after five seconds.
   */
  void requestFailover(boolean forced);

  /**
   * Calls {@code listener} when a replica of this node's shard asks for {@link #requestFailover}:
   * with its id and whether it is forced, on the control-plane thread, which must not wait.
   */
  void onFailoverRequested(BiConsumer<NodeId, Boolean> listener);

  /**
   * Makes one cluster of this node's and that of the node at a bus address, as soon as that
   * answers; it is looked for during some seconds. One of the two nodes must be the only one of its
   * cluster: it moves, with the slots that it owns. Otherwise, and where a slot has an owner in
   * both, the clusters stay two, which the log says.
   */
  void meet(InetSocketAddress bus);

  /**
   * Takes this node out of its cluster, which does not forget it by that: it is then a cluster by
   * itself that owns nothing. Completes when it is; a voter has another one take its place first,
   * which takes seconds.
   *
   * @param hard whether the node also takes another name
   */
  CompletionStage<Void> reset(boolean hard);

  /** Changes after how long a silent node is thought dead. */
  void nodeTimeout(Duration silence);

  MembershipStatistics statistics();

  /** Tells the others that this node goes, gives up its leases, and closes. */
  void leave();

  /** Stops at once, as a crash would, but releases every port, thread and file. */
  @Override
  void close();
}
