package io.slotcast.membership.register;

import org.jspecify.annotations.Nullable;

/**
 * What a node must find again after a crash (rule 2), all in one small file.
 *
 * @param promised no ballot below this one is answered
 * @param accepted the last value accepted; null if there is none yet
 * @param ballotCounter no ballot that this node used has a higher counter
 * @param incarnation how often this identity was started; counted from 1
 * @param known the newest committed value known, so that a restarted node finds the voters. A stale
 *     one is always safe; null before the node is in a cluster
 */
public record AcceptorState(
    Ballot promised,
    @Nullable AcceptedValue accepted,
    long ballotCounter,
    long incarnation,
    @Nullable RegisterValue known) {
  /** A new identity, in no cluster yet, in its first run. */
  public static AcceptorState fresh() {
    return new AcceptorState(Ballot.ZERO, null, 0, 1, null);
  }

  /** A founding voter's state: it holds the genesis value at ballot 0. */
  public AcceptorState founding(RegisterValue genesis) {
    return new AcceptorState(
        promised, new AcceptedValue(Ballot.ZERO, genesis), ballotCounter, incarnation, genesis);
  }

  /**
   * The state of a node that leaves its cluster: it is in none, and its ballots and runs go on
   * counting, so that no number of this identity is used twice.
   */
  public AcceptorState left() {
    return new AcceptorState(Ballot.ZERO, null, ballotCounter, incarnation, null);
  }

  /** This state, of a cluster that the node left, taken up again after {@code now}. */
  public AcceptorState resumedAfter(AcceptorState now) {
    return new AcceptorState(
        promised, accepted, Math.max(ballotCounter, now.ballotCounter), now.incarnation, known);
  }

  /** The state of the next run of the same identity; saved before anything is sent. */
  public AcceptorState restarted() {
    return new AcceptorState(promised, accepted, ballotCounter, incarnation + 1, known);
  }

  AcceptorState withPromised(Ballot ballot) {
    return new AcceptorState(ballot, accepted, ballotCounter, incarnation, known);
  }

  AcceptorState withAccepted(AcceptedValue value) {
    return new AcceptorState(value.ballot(), value, ballotCounter, incarnation, known);
  }

  AcceptorState withBallotCounter(long counter) {
    return new AcceptorState(promised, accepted, counter, incarnation, known);
  }

  /** With a newer committed value known; also how a joining node learns its first. */
  public AcceptorState withKnown(RegisterValue value) {
    return new AcceptorState(promised, accepted, ballotCounter, incarnation, value);
  }
}
