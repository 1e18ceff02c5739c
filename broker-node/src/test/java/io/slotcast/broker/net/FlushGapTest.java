package io.slotcast.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlushGapTest {
  private static final long GAP = 500_000;
  private static final double WORTHWHILE = 4;

  private final FlushGap gap = new FlushGap(GAP, WORTHWHILE, 0);
  private long now;

  /** A round as soon as the gap lets it, by when each write carries so many messages. */
  private void round(double perWriteAtOnce, double perWriteAfterTheGap) {
    now += 20_000;
    boolean waited = !gap.isOver(now);
    if (waited) {
      now = gap.deadlineNanos();
      assertThat(gap.isOver(now)).isTrue();
    }
    int writes = 10;
    double each = waited ? perWriteAfterTheGap : perWriteAtOnce;
    gap.endRound(now, Math.round(each * writes), writes);
  }

  private int roundsUntilArmed(double perWriteAtOnce, double perWriteAfterTheGap) {
    for (int rounds = 0; rounds < 1_000; rounds++) {
      if (gap.isArmed()) {
        return rounds;
      }
      round(perWriteAtOnce, perWriteAfterTheGap);
    }
    return Integer.MAX_VALUE;
  }

  @Test
  void armsOnceTrialsShowThatWaitingFillsTheWrites() {
    assertThat(roundsUntilArmed(1, 8)).isLessThan(500);

    assertThat(gap.isOver(now + GAP - 1)).isFalse();
    assertThat(gap.isOver(now + GAP)).isTrue();
  }

  @Test
  void staysOffWhereWaitingBringsLittle() {
    assertThat(roundsUntilArmed(1, 3)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void whatWritesCarryWithoutWaitingDoesNotArmIt() {
    assertThat(roundsUntilArmed(8, 1)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aBurstNowAndThenDoesNotArmIt() {
    for (int burst = 0; burst < 20; burst++) {
      for (int i = 0; i < 33 * 10; i++) {
        round(1, i % 165 == 32 ? 50 : 2);
        assertThat(gap.isArmed()).isFalse();
      }
    }
  }

  @Test
  void goesOffWhenWritesCarryClearlyFewer() {
    roundsUntilArmed(1, 8);
    for (int i = 0; i < 100; i++) {
      round(1, 3.5);
    }
    assertThat(gap.isArmed()).isTrue();
    for (int i = 0; i < 100 && gap.isArmed(); i++) {
      round(1, 2.5);
    }
    assertThat(gap.isArmed()).isFalse();
  }

  @Test
  void aRoundAfterAPauseNeverWaits() {
    roundsUntilArmed(1, 8);
    assertThat(gap.isOver(now + GAP)).isTrue();
  }

  @Test
  void zeroMeansNoWaitingAtAll() {
    gap.resize(0);
    for (int i = 0; i < 100; i++) {
      assertThat(gap.isOver(now)).isTrue();
      round(1, 8);
    }
  }

  @Test
  void aRoundWithoutWritesTellsNothing() {
    roundsUntilArmed(1, 8);
    for (int i = 0; i < 100; i++) {
      gap.endRound(now, 0, 0);
    }
    assertThat(gap.isArmed()).isTrue();
  }
}
