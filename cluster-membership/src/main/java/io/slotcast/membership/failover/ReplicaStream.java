package io.slotcast.membership.failover;

import io.slotcast.router.NodeId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What failover needs of replication. Both methods are called on the control-plane thread and must
 * not block.
 */
public interface ReplicaStream {
  /** How far this node has followed its primary; {@link ReplicaPosition#NOTHING} if it has none. */
  ReplicaPosition position();

  /**
   * Stops following: from the completion on, this node applies and acknowledges nothing more of
   * {@code primary}'s stream, until it knows a topology in which the shard's epoch is above {@code
   * shardEpoch}; there is no other way back. Completes with what the node has then.
   */
  CompletionStage<ReplicaPosition> freeze(NodeId primary, long shardEpoch);

  /** Of a node that does not replicate. */
  ReplicaStream NONE =
      new ReplicaStream() {
        @Override
        public ReplicaPosition position() {
          return ReplicaPosition.NOTHING;
        }

        @Override
        public CompletionStage<ReplicaPosition> freeze(NodeId primary, long shardEpoch) {
          return CompletableFuture.completedStage(ReplicaPosition.NOTHING);
        }
      };
}
