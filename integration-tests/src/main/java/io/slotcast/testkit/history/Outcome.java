package io.slotcast.testkit.history;

/** What a client knows of its request. */
public sealed interface Outcome {
  /**
   * It was answered.
   *
   * @param reply an entry's id, a list's length, a number, a value; empty for GET of nothing
   * @param node which answered
   * @param epoch of the topology by which the node answered; 0 if it was not asked
   */
  record Acknowledged(String reply, String node, long epoch) implements Outcome {}

  /** It has not run. */
  record Refused(String error) implements Outcome {}

  /** It may have run, or may run yet. */
  record Unknown(String why) implements Outcome {}
}
