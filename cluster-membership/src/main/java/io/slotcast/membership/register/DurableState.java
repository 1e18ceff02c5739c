package io.slotcast.membership.register;

/**
 * The state that a node's acceptor, proposer and lease holder share, saved before it is used. Owned
 * by the control-plane thread.
 */
public final class DurableState {
  /** Counters that one write to the disk makes usable, so that hardly a round waits for one. */
  private static final long COUNTERS_AT_ONCE = 64;

  private final AcceptorStore store;
  private AcceptorState current;

  /** Of the last ballot of this run, or the highest that one of an earlier run may have had. */
  private long lastCounter;

  /** Whether a newer known value waits for the next write. */
  private boolean keeping;

  private DurableState(AcceptorState current, AcceptorStore store) {
    this.current = current;
    this.store = store;
    this.lastCounter = current.ballotCounter();
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

  /**
   * Keeps a newer committed value for the next start. A stale one is safe there (rule 2), and a
   * lease that is asked for by this one must not wait for the disk: it is saved with what else is,
   * or by {@link #saveKept}.
   */
  public void keepKnown(RegisterValue value) {
    current = current.withKnown(value);
    keeping = true;
  }

  /** Saves what {@link #keepKnown} was given, unless that is done. */
  public void saveKept() {
    if (keeping) {
      become(current);
    }
  }

  /** The counter of the last ballot that this node has used, or a higher one. */
  long lastCounter() {
    return lastCounter;
  }

  /** Returns once no other run of this node will use {@code counter}. */
  void useCounter(long counter) {
    if (counter > current.ballotCounter()) {
      become(current.withBallotCounter(counter + COUNTERS_AT_ONCE - 1));
    }
    lastCounter = counter;
  }

  /** Returns once {@code next} is durable; see {@link AcceptorStore#save} for failures. */
  void become(AcceptorState next) {
    store.save(next);
    current = next;
    keeping = false;
  }
}
