package io.slotcast.membership.register;

/**
 * The state that a node's acceptor, proposer and lease holder share, saved before it is used. Owned
 * by the control-plane thread.
 */
public final class DurableState {
  private final AcceptorStore store;
  private AcceptorState current;

  private DurableState(AcceptorState current, AcceptorStore store) {
    this.current = current;
    this.store = store;
  }

  /**
   * Saves {@code state} and starts from it.
   *
   * @param state {@link AcceptorState#fresh()} for a new identity, and for one that ran before what
   *     its last run left, {@link AcceptorState#restarted()}
   */
  public static DurableState start(AcceptorState state, AcceptorStore store) {
    store.save(state);
    return new DurableState(state, store);
  }

  public AcceptorState current() {
    return current;
  }

  /** Keeps a newer committed value for the next start. */
  public void keepKnown(RegisterValue value) {
    become(current.withKnown(value));
  }

  /** Returns once {@code next} is durable; see {@link AcceptorStore#save} for failures. */
  void become(AcceptorState next) {
    store.save(next);
    current = next;
  }
}
