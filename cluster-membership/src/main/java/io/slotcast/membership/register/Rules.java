package io.slotcast.membership.register;

/**
 * The rules that a mistake in would break agreement without breaking a day's work. They are methods
 * so that tests can put each known mistake in their place and see the simulation catch it; {@link
 * #RIGHT} is what runs.
 */
class Rules {
  static final Rules RIGHT = new Rules();

  /** Rule 5a: how long a restarted voter accepts nothing. */
  long startWaitNanos(AcceptorState state) {
    return LeaseBounds.MAX_NANOS;
  }

  /** Rule 6: the counter of a fresh ballot; none up to {@code last} is (rule 2). */
  long nextCounter(long last, long highestSeen) {
    return Math.max(last, highestSeen) + 1;
  }

  /** Rule 6: whose promises are needed once {@code found} is the highest accepted value seen. */
  Voters promiseQuorum(RegisterValue asked, RegisterValue found) {
    return found.voters();
  }

  /** Rule 6: asking further voters is part of the same round, at the same ballot. */
  boolean keepsBallotWhenFollowing() {
    return true;
  }

  /** Rule 7: whether a change waits until the value found is committed unchanged; it need not. */
  boolean settlesFirst(RegisterValue found, RegisterValue known) {
    return false;
  }

  /** Rule 8: leaving joint needs a known committed value of this very description. */
  boolean isKnownDescription(RegisterValue found, RegisterValue known) {
    return found.votersId().equals(known.votersId());
  }

  /** Rule 8: and needs to have known it for so long. */
  long leaveWaitNanos(RegisterValue found) {
    return LeaseBounds.MAX_NANOS;
  }

  /** Rule 13: whether live grants in promises keep a takeover from being proposed. */
  boolean heedsReportedGrants() {
    return true;
  }
}
