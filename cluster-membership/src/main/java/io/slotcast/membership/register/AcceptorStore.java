package io.slotcast.membership.register;

/** Where a node's {@link AcceptorState} outlives it. */
@FunctionalInterface
public interface AcceptorStore {
  /**
   * Makes {@code state} durable before it returns: written beside the old one, fsynced, renamed,
   * the folder fsynced.
   *
   * @throws java.io.UncheckedIOException if that cannot be had. Then it is unknown which state a
   *     restart would find, so the caller must stop the node and send nothing more
   */
  void save(AcceptorState state);
}
