package io.slotcast.membership.failover;

import io.slotcast.router.Shard;

/** Where a replica is on the way of replacing its primary; see {@link ReplicaFailover}. */
sealed interface FailoverState {
  /** It follows its primary, or there is nobody to follow. */
  record Following() implements FailoverState {}

  /** It has asked its own stream to stop, and is not told yet where that was. */
  record Freezing(Shard shard) implements FailoverState {}

  /**
   * It has stopped, told where, and waits for the others to do so, and for its turn.
   *
   * @param since when it stopped
   * @param notBefore when it may propose something at the earliest
   */
  record Frozen(Shard shard, ReplicaPosition position, long since, long notBefore)
      implements FailoverState {}

  /** It has proposed that itself be the primary. */
  record Proposing(Shard shard, ReplicaPosition position, long since) implements FailoverState {}

  /** Its primary is back, and it has proposed the shard's next epoch, so that all may follow. */
  record Thawing(Shard shard, ReplicaPosition position, long since) implements FailoverState {}
}
