package io.slotcast.broker.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.migration.MigrationJob.State;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A migration that something breaks after its first step, another after its second, and so on up to
 * one that was over before: each leaves the slots whole at one primary, with all that clients were
 * told was written, nothing at the other, and nobody waiting.
 */
class InterruptedMigrationTest {
  /** What goes wrong. */
  enum Failure {
    LINK_IS_LOST,
    SOURCE_IS_RESTARTED,
    SOURCE_IS_REPLACED,
    CANCELLED_AT_THE_SOURCE,
    CANCELLED_AT_THE_TARGET,
    REGISTER_IS_SILENT,
    REGISTER_IS_SILENT_AND_LINK_IS_LOST,
    SOURCE_IS_REPLACED_WHILE_THE_REGISTER_IS_SILENT;

    void happenTo(MigrationLab lab) {
      switch (this) {
        case LINK_IS_LOST -> lab.loseLink();
        case SOURCE_IS_RESTARTED -> lab.restart(lab.source());
        case SOURCE_IS_REPLACED -> lab.replaceSource();
        case CANCELLED_AT_THE_SOURCE -> cancel(lab.source());
        case CANCELLED_AT_THE_TARGET -> cancel(lab.target());
        case REGISTER_IS_SILENT -> lab.loseAnswers();
        case REGISTER_IS_SILENT_AND_LINK_IS_LOST -> {
          lab.loseAnswers();
          lab.loseLink();
        }
        case SOURCE_IS_REPLACED_WHILE_THE_REGISTER_IS_SILENT -> {
          lab.loseAnswers();
          lab.replaceSource();
        }
      }
    }
  }

  private static void cancel(LabNode node) {
    node.migrations().jobs().forEach(node.migrations()::cancel);
  }

  @Test
  void whereNothingFailsTheSlotsMove() {
    MigrationLab lab = new MigrationLab();
    lab.begin();
    lab.settle();

    assertThat(lab.owner()).isEqualTo(lab.target());
    assertWhole(lab);
  }

  @ParameterizedTest
  @EnumSource
  void wheneverItFailsTheSlotsAreWholeAtOneOfBoth(Failure failure) {
    Set<State> interrupted = EnumSet.noneOf(State.class);
    boolean wasOver = false;
    for (int steps = 0; !wasOver; steps++) {
      MigrationLab lab = afterSteps(steps);
      lab.source().migrations().jobs().forEach(job -> interrupted.add(job.state()));
      lab.target().migrations().jobs().forEach(job -> interrupted.add(job.state()));
      wasOver = steps > 0 && lab.isOver();

      failure.happenTo(lab);
      lab.settle();

      assertThat(lab.isOver()).as("%s after step %d: it is over", failure, steps).isTrue();
      assertWhole(lab);
    }
    assertThat(interrupted)
        .as("states in which it failed")
        .contains(State.OPENING, State.COPYING, State.HANDING_OVER, State.READY, State.DONE);
  }

  @Test
  void aTargetThatIsRestartedLeavesTheSlotsToTheSourceOrHasThemWhole() {
    boolean wasOver = false;
    for (int steps = 0; !wasOver; steps++) {
      MigrationLab lab = afterSteps(steps);
      wasOver = steps > 0 && lab.isOver();

      lab.restart(lab.target());
      lab.settle();

      assertThat(lab.isOver()).as("after step %d: it is over", steps).isTrue();
      assertWhole(lab);
    }
  }

  /**
   * The target drops what it loaded of slots that are not its own, or has nothing: a change of
   * before its restart must not give it the slots any more. Without a journal a target loses what
   * was its own by the register, as it loses everything.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTargetThatWasRestartedIsNotGivenTheSlotsByALateRound(boolean hasJournal) {
    Set<String> failures = new HashSet<>();
    boolean wasOver = false;
    for (int steps = 0; !wasOver; steps++) {
      MigrationLab lab = afterSteps(steps);
      wasOver = steps > 0 && lab.isOver();
      boolean wasSources = lab.owner() == lab.source();

      lab.outrunSource();
      lab.restart(lab.target(), hasJournal);
      lab.settle();

      assertThat(lab.isOver()).as("after step %d: it is over", steps).isTrue();
      lab.source().migrations().jobs().forEach(job -> failures.add(job.message()));
      if (wasSources) {
        assertThat(lab.owner()).as("after step %d: the owner", steps).isEqualTo(lab.source());
      }
      if (wasSources || hasJournal) {
        assertWhole(lab);
      }
    }
    assertThat(failures).as("why it failed").anyMatch(why -> why.endsWith("was restarted"));
  }

  @Test
  void whatFailedSucceedsTheNextTime() {
    for (int steps = 0; !afterSteps(steps).isOver() || steps == 0; steps++) {
      MigrationLab lab = afterSteps(steps);
      lab.loseLink();
      lab.settle();
      if (lab.owner() == lab.source()) {
        lab.begin();
        lab.settle();
      }

      assertThat(lab.owner())
          .as("after step %d: %s", steps, lab.source().migrations().jobs())
          .isEqualTo(lab.target());
      assertWhole(lab);
    }
  }

  private static MigrationLab afterSteps(int steps) {
    MigrationLab lab = new MigrationLab();
    lab.begin();
    for (int step = 0; step < steps; step++) {
      lab.step();
    }
    return lab;
  }

  private static void assertWhole(MigrationLab lab) {
    assertThat(lab.owner().keys()).isEqualTo(lab.acknowledged());
    // What a replica still has of slots that were given away, nobody is shown.
    assertThat(lab.others())
        .filteredOn(other -> !other.mayHaveLeftovers())
        .allSatisfy(other -> assertThat(other.keys()).isEmpty());
    Map<String, Integer> before = Map.copyOf(lab.acknowledged());
    lab.write();
    assertThat(lab.acknowledged()).as("after one more write").isNotEqualTo(before);
  }
}
