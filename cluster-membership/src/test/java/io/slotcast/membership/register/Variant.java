package io.slotcast.membership.register;

import io.slotcast.membership.lease.LeaseMistake;
import io.slotcast.router.Node;
import java.util.function.Function;

/**
 * The rules as they are, and known ways to get them wrong, numbered as in {@code
 * docs/adr/0001-topology-register.md}. Most are switched on in the product's own classes through
 * {@link Rules} and {@link LeaseMistake}; the others are mistakes of what surrounds these, such as
 * a file that loses what was saved, and are made by the simulation.
 */
enum Variant {
  /** The product's rules to the letter. */
  RIGHT(cluster -> Rules.RIGHT),

  /** Right as well: what serves progress alone is left out. All wrong variants build on this. */
  RIGHT_AND_BOLD,

  N1_VOTERS_CHANGED_DIRECTLY,
  N1_FOUND_DESCRIPTION_NOT_FOLLOWED(
      cluster ->
          new Bold(cluster) {
            @Override
            Voters promiseQuorum(RegisterValue asked, RegisterValue found) {
              return asked.voters();
            }
          }),
  N2_LEAVES_UNKNOWN_JOINT(
      cluster ->
          new Bold(cluster) {
            @Override
            boolean isKnownDescription(RegisterValue found, RegisterValue known) {
              return true;
            }

            @Override
            long leaveWaitNanos(RegisterValue found) {
              return 0;
            }
          }),
  N3_LEAVES_JOINT_WITHOUT_WAIT(
      cluster ->
          new Bold(cluster) {
            @Override
            long leaveWaitNanos(RegisterValue found) {
              return 0;
            }
          }),
  N4_RESTARTED_VOTER_DOES_NOT_WAIT(
      cluster ->
          new Bold(cluster) {
            @Override
            long startWaitNanos(AcceptorState state) {
              return 0;
            }
          }),
  N5_NO_DRIFT_MARGIN(LeaseMistake.NO_DRIFT_MARGIN),
  N6_COUNTED_FROM_RECEIPT(LeaseMistake.COUNTED_FROM_RECEIPT),
  N7_JOINT_ABANDONED,
  N8_OLD_PROMISES_KEPT(
      cluster ->
          new Bold(cluster) {
            @Override
            boolean keepsBallotWhenFollowing() {
              return false;
            }
          }),
  N9_RELEASE_WITHOUT_NUMBER(LeaseMistake.RELEASE_WITHOUT_NUMBER),
  N10_REMOVED_VOTER_FORGETS,
  N11_BALLOTS_REUSED,
  N12_GRANT_WEIGHED_AGAINST_ACCEPTED(LeaseMistake.GRANT_WEIGHED_AGAINST_ACCEPTED),
  N13_LATE_REQUEST_LOWERS_NUMBER(LeaseMistake.LATE_REQUEST_LOWERS_NUMBER),
  N14_GRANTED_EPOCH_FORGOTTEN(LeaseMistake.GRANTED_EPOCH_FORGOTTEN),
  N15_LEASE_BOUND_INSIDE_VALUE(
      cluster ->
          new Bold(cluster) {
            @Override
            long startWaitNanos(AcceptorState state) {
              AcceptedValue accepted = state.accepted();
              return accepted == null ? LeaseBounds.MAX_NANOS / 2 : boundIn(accepted.value());
            }

            @Override
            long leaveWaitNanos(RegisterValue found) {
              return boundIn(found);
            }
          }),
  N16_INCARNATION_NOT_RAISED,
  N17_WAITS_TOO_LITTLE(
      cluster ->
          new Bold(cluster) {
            @Override
            long leaveWaitNanos(RegisterValue found) {
              return LeaseBounds.MAX_NANOS / 10 * 9;
            }
          }),
  N19_KNOWN_SINCE_BEFORE_THE_START,
  N20_SETTLED_BY_EPOCH(
      cluster ->
          new ByEpoch(cluster) {
            @Override
            boolean settlesFirst(RegisterValue found, RegisterValue known) {
              return found.epoch() != known.epoch();
            }
          }),
  N21_JOINT_COMPARED_BY_EPOCH(ByEpoch::new),
  N22_LIVE_GRANT_REPLACED(LeaseMistake.LIVE_GRANT_REPLACED);

  /** The zone by which a value of {@link #N15_LEASE_BOUND_INSIDE_VALUE} halves the bound. */
  static final String SHORT_LEASES = "short leases";

  @SuppressWarnings("ImmutableEnumChecker") // a constructor, or a lambda without state
  private final Function<SimulatedCluster, Rules> rules;

  private final LeaseMistake mistake;

  Variant() {
    this(Bold::new, LeaseMistake.NONE);
  }

  Variant(Function<SimulatedCluster, Rules> rules) {
    this(rules, LeaseMistake.NONE);
  }

  Variant(LeaseMistake mistake) {
    this(Bold::new, mistake);
  }

  Variant(Function<SimulatedCluster, Rules> rules, LeaseMistake mistake) {
    this.rules = rules;
    this.mistake = mistake;
  }

  Rules rules(SimulatedCluster cluster) {
    return rules.apply(cluster);
  }

  LeaseMistake mistake() {
    return mistake;
  }

  boolean isRight() {
    return this == RIGHT || this == RIGHT_AND_BOLD;
  }

  static long boundIn(RegisterValue value) {
    boolean isShort =
        value.topology().nodes().stream().map(Node::zone).anyMatch(SHORT_LEASES::equals);
    return isShort ? LeaseBounds.MAX_NANOS / 2 : LeaseBounds.MAX_NANOS;
  }

  /** Proposes what promises told will be blocked, and at whatever fresh ballot. */
  private static class Bold extends Rules {
    final SimulatedCluster cluster;

    Bold(SimulatedCluster cluster) {
      this.cluster = cluster;
    }

    @Override
    long nextCounter(long last, long highestSeen) {
      return cluster.nextCounter(last);
    }

    @Override
    boolean heedsReportedGrants() {
      return false;
    }
  }

  /** Joint descriptions are taken for one if they were set in the same epoch. */
  private static class ByEpoch extends Bold {
    ByEpoch(SimulatedCluster cluster) {
      super(cluster);
    }

    @Override
    boolean isKnownDescription(RegisterValue found, RegisterValue known) {
      return known.voters() instanceof Voters.Joint
          && cluster.epochOfVoters(found) == cluster.epochOfVoters(known);
    }
  }
}
