package io.slotcast.membership.register;

import io.slotcast.router.NodeId;

/**
 * Takes a node's outgoing messages. Messages may be lost, late, doubled and reordered; a message to
 * the node itself is delivered too, by a later call and never within {@link #send}. Must not block.
 */
@FunctionalInterface
public interface Outbox {
  void send(NodeId to, Message message);
}
