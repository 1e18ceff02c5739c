package io.slotcast.membership.failover;

/**
 * How far a replica has followed its primary.
 *
 * @param offset bytes of the primary's stream that it has applied; comparable between the replicas
 *     of one primary
 * @param complete whether what it holds is all that the primary's stream had made up to {@code
 *     offset}: true from the end of a full or partial resync until the data is thrown away for the
 *     next one, also while the link is down
 * @param ageNanos since when it heard nothing from the primary
 */
public record ReplicaPosition(long offset, boolean complete, long ageNanos) {
  /** Of a replica that has nothing worth promoting. */
  public static final ReplicaPosition NOTHING = new ReplicaPosition(0, false, 0);
}
