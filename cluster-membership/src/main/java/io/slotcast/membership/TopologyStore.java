package io.slotcast.membership;

import io.slotcast.router.Topology;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The cluster's agreed topology as this node knows it, and the way to change it. */
public interface TopologyStore {
  /**
   * The newest committed topology that this node knows; {@link Topology#empty()} before the first.
   */
  Topology current();

  /**
   * Proposes a change. The stage completes with the first committed topology that holds it, or
   * fails with {@link TopologyChange.RefusedException} where the change's own precondition failed,
   * or with a {@link java.util.concurrent.TimeoutException} where no majority of the voters
   * answered, or is cancelled where this node is closed first; then the change may or may not come
   * to pass.
   */
  CompletionStage<Topology> propose(TopologyChange change);

  /**
   * Calls {@code listener} with each newer committed topology, on one membership thread, in order
   * of epoch, and once with the current one, on the caller's thread, before this method returns if
   * there is one. A listener must not block: no lease is renewed meanwhile.
   */
  void listen(Consumer<Topology> listener);
}
