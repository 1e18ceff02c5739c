package io.slotcast.membership.failover;

import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import java.util.function.Supplier;

/**
 * A primary that was restarted. It may have lost what it held, and replicas that followed its last
 * run may not: it serves none of its slots until it knows that no live replica claims more, or has
 * waited for silent ones long enough. Meanwhile such a replica takes over ({@link
 * ReplicaFailover}).
 *
 * <pre>
 * Waiting  no slots, no replicas, or a restart loses nothing here      → Serving
 * Waiting  every replica lives and none claims an earlier run          → Serving
 * Waiting  patience is over and no live replica claims an earlier run  → Serving
 * Waiting  another node owns the slots                                 → Serving, of what is its own
 * </pre>
 *
 * <p>Owned by one thread.
 */
public final class ReturningPrimary {
  private final long run;
  private final long patience;
  private final Supplier<FailoverPolicy> policy;
  private boolean serving;
  private long begun;
  private boolean counting;

  /**
   * @param run the number of this run of the node
   * @param patience how long a replica that is not alive is waited for
   * @param serving whether there is nothing to wait for: the node never ran before
   */
  public ReturningPrimary(
      long run, long patience, boolean serving, Supplier<FailoverPolicy> policy) {
    this.run = run;
    this.patience = patience;
    this.serving = serving;
    this.policy = policy;
  }

  /**
   * Whether this node serves what it owns, with the data it has; once it does, it does for good.
   */
  public boolean isServing() {
    return serving;
  }

  /** Takes in what there is to see; returns whether the node serves from now on. */
  public boolean tick(FailoverSight sight, long now) {
    if (serving) {
      return false;
    }
    if (!counting) {
      counting = true;
      begun = now;
    }
    Shard own =
        sight
            .topology()
            .shardOf(sight.self())
            .filter(each -> each.primary().equals(sight.self()))
            .orElse(null);
    serving =
        own == null
            || own.slots().isEmpty()
            || policy.get().keepsAcknowledged()
            || mayServe(own, sight, now - begun >= patience);
    return serving;
  }

  private boolean mayServe(Shard own, FailoverSight sight, boolean waitedEnough) {
    for (NodeId replica : own.replicas()) {
      ReplicaClaim claim = sight.live().contains(replica) ? sight.claims().get(replica) : null;
      if (claim == null ? !waitedEnough : claims(claim, sight.self())) {
        return false;
      }
    }
    return true;
  }

  private boolean claims(ReplicaClaim claim, NodeId self) {
    return claim.holds() && claim.primary().equals(self) && claim.run() < run;
  }
}
