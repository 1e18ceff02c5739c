package io.slotcast.broker.replication;

/** What this node lets clients do, as replication sees it. */
public interface NodeStanding {
  /** Too few replicas keep up for writes. */
  void lacksReplicas(boolean value);

  /** The primary is out of reach, and what is here is not to be shown then. */
  void stale(boolean value);

  /** The keys are coming in. */
  void loading(boolean value);

  /** Whether keys are coming in, from the primary or from files. */
  boolean isLoading();
}
