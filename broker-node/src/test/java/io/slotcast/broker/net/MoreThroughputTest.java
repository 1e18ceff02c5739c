package io.slotcast.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MoreThroughputTest {
  private static final long SECOND = 1_000_000_000;
  private static final long ROUND_AT_ONCE = 50_000;
  private static final long ROUND_AFTER_WAITING = 500_000;

  private final MoreThroughput decision = new MoreThroughput(0);
  private long now;
  private long waited;

  /** Rounds for so long, with so many messages a second that come at once and after waiting. */
  private void run(long nanos, long atOnce, long afterWaiting, int writes) {
    waited = 0;
    long end = now + nanos;
    while (now < end) {
      boolean waits = decision.waits();
      long length = waits ? ROUND_AFTER_WAITING : ROUND_AT_ONCE;
      now += length;
      waited += waits ? length : 0;
      long messages = (waits ? afterWaiting : atOnce) * length / SECOND;
      decision.roundEnded(now, messages, writes);
    }
  }

  @Test
  void waitsWhereMoreGetThrough() {
    run(SECOND, 200_000, 400_000, 10);
    run(SECOND, 200_000, 400_000, 10);
    assertThat(waited).isGreaterThan(SECOND * 9 / 10);
  }

  @Test
  void doesNotWaitWhereAsManyComeEitherWay() {
    run(2 * SECOND, 200_000, 210_000, 10);
    run(10 * SECOND, 200_000, 210_000, 10);
    assertThat(waited).isBetween(SECOND / 4, 3 * SECOND / 2);
  }

  @Test
  void doesNotEvenTestWhereWritesStayAlone() {
    for (int i = 0; i < 20_000; i++) {
      boolean trial = decision.waits();
      decision.roundEnded(now += ROUND_AT_ONCE, 10, 10);
      assertThat(trial && decision.waits()).as("two that wait in a row").isFalse();
    }
  }

  @Test
  void stopsWhenTheLoadIsGone() {
    run(2 * SECOND, 200_000, 400_000, 10);
    run(SECOND / 2, 20_000, 20_000, 20);
    run(SECOND, 20_000, 20_000, 20);
    assertThat(waited).isLessThan(SECOND / 3);
  }
}
