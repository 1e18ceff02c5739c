package io.slotcast.membership.control;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.administration.NodeChanges;
import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * That a node has left its cluster for that of another node, and has no place there yet. From the
 * moment that this is durable the node's former register is silent, so what the node owned there is
 * nobody's; once it is in the other cluster it asks for it again.
 *
 * @param host the announced address of the node that it was told to meet
 * @param busPort the announced bus port of that node
 * @param home what this node was as a voter before; it goes back to that if nobody takes it in
 */
record Transit(String host, int busPort, AcceptorState home) {
  InetSocketAddress target() {
    return new InetSocketAddress(InetAddress.ofLiteral(host), busPort);
  }

  /** Whether {@code value} is of the cluster that the node is on its way to. */
  boolean leadsTo(RegisterValue value) {
    return value.topology().nodes().stream()
        .anyMatch(node -> node.busPort() == busPort && node.host().equals(host));
  }

  /** The slots that the node brings along. */
  SlotSet claims(NodeId self) {
    RegisterValue known = home.known();
    return known == null ? SlotSet.empty() : known.topology().slotsOf(self);
  }

  /**
   * The node's place in the other cluster: its own shard, with the slots that nobody owns there.
   */
  TopologyChange admission(Node self, Shard newShard) {
    RegisterValue known = home.known();
    Optional<Shard> own =
        known == null
            ? Optional.empty()
            : known
                .topology()
                .shardOf(self.id())
                .filter(shard -> shard.primary().equals(self.id()) && shard.replicas().isEmpty());
    return NodeChanges.admit(self, own.orElse(newShard));
  }
}
