package io.slotcast.membership.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.register.SimulatedCluster.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random schedules of lost, late, doubled and reordered messages, crashes, clocks 5 % apart,
 * leases, takeovers, releases and new voters, over the product's acceptor, proposer, lease holder
 * and grant table: no fork, never two nodes that serve one slot, and progress again once faults
 * stop.
 *
 * <p>Sampling proves nothing by itself; that each known mistake is found says what it is worth. The
 * Maven profile {@code soak} plays more of them, {@code -Dsimulation.seed=N} others.
 */
class RegisterSimulationTest {
  private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 400);
  private static final int FIRST_SEED = Integer.getInteger("simulation.seed", 1);
  private static final int[] STEPS = {60, 150, 400};

  @ParameterizedTest
  @EnumSource(Shape.class)
  void theRulesHold(Shape shape) {
    List<String> failures = new ArrayList<>();
    int commits = 0;
    for (Variant variant : List.of(Variant.RIGHT, Variant.RIGHT_AND_BOLD)) {
      for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
        ScheduleGenerator schedule = schedule(variant, shape, seed);
        schedule.run();
        commits += schedule.cluster.descent.commits();
        if (schedule.cluster.violation() != null) {
          failures.add(variant + ", seed " + seed + ": " + schedule.cluster.violation());
        } else if (seed % 7 == 0 && !schedule.comesAlive()) {
          failures.add(variant + ", seed " + seed + ": no progress without faults");
        }
      }
    }
    assertThat(failures).isEmpty();
    assertThat(commits)
        .as("values committed, so that there was something to see")
        .isGreaterThan(SCHEDULES);
  }

  /**
   * Each range of seeds begins a little before a schedule that is known to show the mistake. Where
   * a change to the product or the generator shifts the schedules, another will show it: the rarest
   * comes about once in two thousand.
   */
  @ParameterizedTest
  @CsvSource({
    "N1_VOTERS_CHANGED_DIRECTLY, ALL_THREE_REPLACED, 1",
    "N1_FOUND_DESCRIPTION_NOT_FOLLOWED, ALL_THREE_REPLACED, 1",
    "N2_LEAVES_UNKNOWN_JOINT, ANY, 1",
    "N3_LEAVES_JOINT_WITHOUT_WAIT, ANY, 600",
    "N4_RESTARTED_VOTER_DOES_NOT_WAIT, FIXED, 1",
    "N5_NO_DRIFT_MARGIN, ONE_OF_THREE_REPLACED, 700",
    "N6_COUNTED_FROM_RECEIPT, FIXED, 1",
    "N7_JOINT_ABANDONED, ALL_THREE_REPLACED, 100",
    "N8_OLD_PROMISES_KEPT, ANY, 1",
    "N9_RELEASE_WITHOUT_NUMBER, ONE_OF_THREE_REPLACED, 1",
    "N10_REMOVED_VOTER_FORGETS, ALL_THREE_REPLACED, 1",
    "N11_BALLOTS_REUSED, FIXED, 1",
    "N12_GRANT_WEIGHED_AGAINST_ACCEPTED, FIXED, 1",
    "N13_LATE_REQUEST_LOWERS_NUMBER, FIXED, 1",
    "N14_GRANTED_EPOCH_FORGOTTEN, FIXED, 700",
    "N15_LEASE_BOUND_INSIDE_VALUE, FIXED, 250",
    "N16_INCARNATION_NOT_RAISED, FIXED, 1600",
    "N17_WAITS_TOO_LITTLE, ALL_THREE_REPLACED, 500",
    "N19_KNOWN_SINCE_BEFORE_THE_START, ANY, 1",
    "N20_SETTLED_BY_EPOCH, ANY, 650",
    "N21_JOINT_COMPARED_BY_EPOCH, ANY, 100",
    "N22_LIVE_GRANT_REPLACED, FIXED, 1550"
  })
  void eachKnownMistakeIsFound(Variant mistake, Shape shape, long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + 5_000; seed++) {
      ScheduleGenerator schedule = schedule(mistake, shape, seed);
      schedule.run();
      if (schedule.cluster.violation() != null) {
        return;
      }
    }
    throw new AssertionError(mistake + " was not found from seed " + firstSeed + " on");
  }

  private static ScheduleGenerator schedule(Variant variant, Shape shape, long seed) {
    return new ScheduleGenerator(variant, shape, seed, STEPS[(int) (seed % STEPS.length)]);
  }
}
