package io.slotcast.membership;

import io.slotcast.membership.control.ControlPlane;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.ServingRight;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;

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

  /** The nodes of this cluster that are thought alive, this one included: a hint, never a right. */
  Set<NodeId> live();

  /** Calls {@code listener} with each new value of {@link #live()}, on one membership thread. */
  void onLive(Consumer<Set<NodeId>> listener);

  /** Small facts that nodes tell each other without agreeing on them. */
  SoftState softState();

  MembershipStatistics statistics();

  /** Tells the others that this node goes, gives up its leases, and closes. */
  void leave();

  /** Stops at once, as a crash would, but releases every port, thread and file. */
  @Override
  void close();
}
