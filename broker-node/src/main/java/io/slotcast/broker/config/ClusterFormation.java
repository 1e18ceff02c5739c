package io.slotcast.broker.config;

/** How a new node comes into a cluster. */
public enum ClusterFormation {
  /** By hand where `cluster-enabled` is given and neither seeds nor a number of nodes are. */
  AUTO,
  /** New nodes that find each other form a cluster that owns every slot. */
  SELF,
  /** A new node is a cluster by itself that owns nothing, and is told of others. */
  MANUAL
}
