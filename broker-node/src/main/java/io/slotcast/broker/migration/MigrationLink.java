package io.slotcast.broker.migration;

import io.slotcast.router.NodeId;

/** Sends messages of migrations to other nodes. */
@FunctionalInterface
interface MigrationLink {
  /** Returns whether there is a link; what is sent may be lost with it all the same. */
  boolean send(NodeId peer, long number, MigrationMessage message);
}
