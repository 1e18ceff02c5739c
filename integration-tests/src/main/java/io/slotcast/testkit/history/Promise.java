package io.slotcast.testkit.history;

/** What the cluster was set up to promise. */
public enum Promise {
  /** What was acknowledged stays: {@code min-replicas-to-ack} or {@code appendfsync always}. */
  ACKNOWLEDGED_IS_KEPT,
  /** A failover may lose what was acknowledged last. */
  ACKNOWLEDGED_MAY_BE_LOST
}
