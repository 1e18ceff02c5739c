package io.slotcast.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlushGapTest {
  private static final long GAP = 500_000;

  private boolean waits = true;
  private int rounds;
  private final FlushGap gap =
      new FlushGap(
          GAP,
          new GapDecision() {
            @Override
            public boolean waits() {
              return waits;
            }

            @Override
            public void roundEnded(long now, long messages, int writes) {
              rounds++;
            }
          },
          0);

  @Test
  void aRoundFollowsTheOneBeforeAfterTheGap() {
    gap.endRound(1_000, 10, 2);
    assertThat(gap.deadlineNanos()).isEqualTo(1_000 + GAP);
    assertThat(gap.isOver(1_000 + GAP - 1)).isFalse();
    assertThat(gap.isOver(1_000 + GAP)).isTrue();
  }

  @Test
  void aRoundThatIsNotToWaitFollowsAtOnce() {
    waits = false;
    gap.endRound(1_000, 10, 2);
    assertThat(gap.isOver(1_000)).isTrue();
  }

  @Test
  void zeroMeansNoWaitingAtAll() {
    gap.resize(0);
    gap.endRound(1_000, 10, 2);
    assertThat(gap.isOver(1_000)).isTrue();
  }

  @Test
  void aRoundWithoutWritesTellsTheDecisionNothing() {
    gap.endRound(1_000, 0, 0);
    assertThat(rounds).isZero();
    gap.endRound(2_000, 3, 1);
    assertThat(rounds).isEqualTo(1);
  }
}
