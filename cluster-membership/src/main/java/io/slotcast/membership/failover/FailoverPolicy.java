package io.slotcast.membership.failover;

/**
 * What the operator wants of failover, as of one moment.
 *
 * @param acknowledgements {@code min-replicas-to-ack}: on how many replicas an acknowledged write
 *     is; the same on all nodes of a shard
 * @param mayTakeOver whether this node becomes a primary by itself: {@code replica-priority} is not
 *     0 and {@code cluster-replica-no-failover} is no
 * @param maxAgeNanos the age from which a replica's data is too old to be promoted; 0 for none
 * @param keepsAcknowledged whether a restart of this node loses nothing that it acknowledged:
 *     {@code appendfsync always}
 * @param migration whether this node may become the replica of a primary that has lost its own
 */
public record FailoverPolicy(
    int acknowledgements,
    boolean mayTakeOver,
    long maxAgeNanos,
    boolean keepsAcknowledged,
    Migration migration) {
  /** One that suits a node without replication. */
  public static final FailoverPolicy DEFAULT =
      new FailoverPolicy(0, true, 0, false, Migration.DEFAULT);

  /**
   * See {@link ReplicaMigration}.
   *
   * @param allowed {@code cluster-allow-replica-migration}
   * @param barrier {@code cluster-migration-barrier}: how many replicas a primary keeps
   */
  public record Migration(boolean allowed, int barrier) {
    /** That of Redis. */
    public static final Migration DEFAULT = new Migration(true, 1);
  }
}
