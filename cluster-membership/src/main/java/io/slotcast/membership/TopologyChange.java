package io.slotcast.membership;

import io.slotcast.router.Topology;

/** A change to the topology: a pure function, since a round may apply it to several values. */
@FunctionalInterface
public interface TopologyChange {
  /**
   * The topology after the change; its epoch is set by the store.
   *
   * @throws RefusedException if what the change expects of {@code found} does not hold
   */
  Topology apply(Topology found) throws RefusedException;

  /** A change's precondition does not hold; the message says which, in words for an operator. */
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
      super(message);
    }
  }
}
