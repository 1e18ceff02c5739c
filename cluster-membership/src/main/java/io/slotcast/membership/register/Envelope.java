package io.slotcast.membership.register;

import io.slotcast.router.NodeId;

/** A message as it travels: a node drops one that is not of its own cluster. */
public record Envelope(ClusterId cluster, NodeId from, Message message) {}
