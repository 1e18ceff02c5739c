package io.slotcast.membership.register;

/** How one round of the register ended for its proposer. */
public sealed interface Outcome {
  /** The value is committed. */
  record Committed(RegisterValue value) implements Outcome {}

  /** The change's own precondition does not hold for the value found; nothing was proposed. */
  record PreconditionFailed(String message) implements Outcome {}

  /** A voter has promised a higher ballot: another node's round is under way. */
  record Outrun(Ballot promised) implements Outcome {}

  /**
   * So many voters are bound, by leases or by their own start, that none is left to make a
   * majority.
   *
   * @param waitNanos when it is worth another attempt
   */
  record Blocked(long waitNanos) implements Outcome {}

  /**
   * The round was given up before it ended. If {@code proposed}, its value may still come to be
   * committed by a later round that finds it.
   */
  record Abandoned(boolean proposed) implements Outcome {}
}
