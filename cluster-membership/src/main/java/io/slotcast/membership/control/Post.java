package io.slotcast.membership.control;

import io.slotcast.membership.bus.Delivery;
import io.slotcast.membership.control.Peers.Peer;
import io.slotcast.router.NodeId;
import java.net.InetSocketAddress;
import org.jgroups.Address;

/** Sends the control plane's messages to other nodes. Owned by the control-plane thread. */
final class Post {
  private final Peers peers;
  private final Wire wire;

  /** Takes messages for other nodes, and neither blocks nor fails. */
  interface Wire {
    void send(Address to, byte[] message, Delivery delivery);

    /** To a node that may be in no group with this one. */
    void note(InetSocketAddress to, byte[] message);
  }

  Post(Peers peers, Wire wire) {
    this.peers = peers;
    this.wire = wire;
  }

  /** Sends to a node; nothing if it is no member of the bus now. */
  void send(NodeId to, ControlMessage message) {
    Peer peer = peers.of(to);
    if (peer != null) {
      send(peer.address(), message);
    }
  }

  void send(Address to, ControlMessage message) {
    send(to, message, message.delivery());
  }

  void send(Address to, ControlMessage message, Delivery delivery) {
    wire.send(to, ControlCodec.encode(message), delivery);
  }
}
