package io.slotcast.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapTrialsTest {
  private static final int WRITES = 10;

  private final GapTrials trials = new GapTrials(4);

  private void round(double eachAtOnce, double eachAfterWaiting) {
    boolean waits = trials.isWorthwhile() || trials.isDue();
    double each = waits ? eachAfterWaiting : eachAtOnce;
    trials.roundEnded(waits, Math.round(each * WRITES), WRITES);
  }

  private void rounds(int count, double eachAtOnce, double eachAfterWaiting) {
    for (int i = 0; i < count; i++) {
      round(eachAtOnce, eachAfterWaiting);
    }
  }

  @Test
  void worthwhileOnceTrialsShowThatWaitingFillsTheWrites() {
    rounds(GapTrials.EVERY - 1, 1, 8);
    assertThat(trials.isDue()).isFalse();
    round(1, 8);
    assertThat(trials.isDue()).isTrue();
    assertThat(trials.isWorthwhile()).isFalse();

    rounds(20 * GapTrials.EVERY, 1, 8);
    assertThat(trials.isWorthwhile()).isTrue();
  }

  @Test
  void notWorthwhileWhereWaitingBringsLittle() {
    rounds(4_000, 1, 3);
    assertThat(trials.isWorthwhile()).isFalse();
  }

  @Test
  void whatWritesCarryWithoutWaitingDoesNotCount() {
    rounds(4_000, 8, 1);
    assertThat(trials.isWorthwhile()).isFalse();
  }

  @Test
  void aBurstNowAndThenDoesNotCount() {
    for (int trial = 0; trial < 100; trial++) {
      rounds(GapTrials.EVERY, 1, 2);
      round(1, trial % 5 == 0 ? 50 : 2);
      assertThat(trials.isWorthwhile()).isFalse();
    }
  }

  @Test
  void noLongerWorthwhileWhenWritesCarryClearlyFewer() {
    rounds(4_000, 1, 8);
    rounds(100, 1, 3.5);
    assertThat(trials.isWorthwhile()).isTrue();

    rounds(20, 1, 2.5);
    assertThat(trials.isWorthwhile()).isFalse();
  }
}
