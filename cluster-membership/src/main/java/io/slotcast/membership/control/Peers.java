package io.slotcast.membership.control;

import io.slotcast.membership.control.ControlMessage.Hello;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.router.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * The other members of the bus: which node is behind which address, what it said of itself last and
 * when. Owned by the control-plane thread.
 */
final class Peers {
  /** A member that has introduced itself. */
  static final class Peer {
    private final Address address;
    private Hello hello;
    private long heardAt;

    private Peer(Address address, Hello hello, long heardAt) {
      this.address = address;
      this.hello = hello;
      this.heardAt = heardAt;
    }

    Address address() {
      return address;
    }

    Hello hello() {
      return hello;
    }

    NodeId id() {
      return hello.node().id();
    }

    boolean isFresh() {
      return hello.cluster() == null;
    }

    boolean isOf(ClusterId cluster) {
      return cluster.equals(hello.cluster());
    }
  }

  private final Map<Address, Peer> byAddress = new HashMap<>();
  private List<Address> view = List.of();
  private @Nullable Address self;

  /** A new view of the bus: who left is forgotten. */
  void onView(List<Address> members, Address own) {
    view = members;
    self = own;
    byAddress.keySet().retainAll(members);
  }

  /**
   * Takes in what a member says of itself.
   *
   * @return false if it is no member, which happens when it is quicker than its view
   */
  boolean onHello(Address from, Hello hello, long now) {
    if (!view.contains(from) || from.equals(self)) {
      return false;
    }
    Peer known = byAddress.get(from);
    if (known == null) {
      byAddress.put(from, new Peer(from, hello, now));
    } else {
      known.hello = hello;
      known.heardAt = now;
    }
    return true;
  }

  void onHeard(Address from, long now) {
    Peer peer = byAddress.get(from);
    if (peer != null) {
      peer.heardAt = now;
    }
  }

  @Nullable Peer at(Address address) {
    return byAddress.get(address);
  }

  /** Every member by rank, this node's own address among them. */
  List<Address> view() {
    return view;
  }

  boolean isSelf(Address address) {
    return address.equals(self);
  }

  Collection<Peer> all() {
    return byAddress.values();
  }

  /** The member that speaks for {@code node} now: of two, the one of its later run. */
  @Nullable Peer of(NodeId node) {
    Peer best = null;
    for (Peer peer : byAddress.values()) {
      if (peer.id().equals(node)
          && (best == null || best.hello.incarnation() < peer.hello.incarnation())) {
        best = peer;
      }
    }
    return best;
  }

  /** Which run of each of {@code nodes} speaks now, of those that are members. */
  Map<NodeId, Long> runs(Collection<NodeId> nodes) {
    Map<NodeId, Long> runs = new HashMap<>();
    for (NodeId node : nodes) {
      Peer peer = of(node);
      if (peer != null) {
        runs.put(node, peer.hello().incarnation());
      }
    }
    return runs;
  }

  /** Members that have not said yet who they are. */
  List<Address> strangers() {
    List<Address> strangers = new ArrayList<>(view);
    strangers.remove(self);
    strangers.removeAll(byAddress.keySet());
    return strangers;
  }

  /** The nodes of {@code cluster} heard of within {@code silence} nanoseconds. */
  Set<NodeId> live(ClusterId cluster, long now, long silence) {
    Set<NodeId> live = new TreeSet<>();
    for (Peer peer : byAddress.values()) {
      if (peer.isOf(cluster) && now - peer.heardAt < silence) {
        live.add(peer.id());
      }
    }
    return live;
  }
}
