package io.slotcast.membership.lease;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspensionWatchTest {
  private static final long MILLI = 1_000_000;
  private static final long LEASE = 1_000 * MILLI;

  /** The clocks, in nanoseconds and milliseconds, both from an arbitrary beginning. */
  private long nanos = -77;

  private long wall = 1_795_000_000_000L;
  private final SuspensionWatch watch = new SuspensionWatch(LEASE, nanos, wall);

  @Test
  void clocksThatGoTogetherAgree() {
    for (int i = 0; i < 10_000; i++) {
      pass(250, 250);
      assertThat(watch.agrees(nanos, wall)).isTrue();
      assertThat(observe()).isTrue();
    }
  }

  @Test
  void aSuspensionIsSeenByAnyThreadAtOnceAndByTheOwnerOnce() {
    pass(250, 250);
    assertThat(observe()).isTrue();
    pass(1, 3_000);

    assertThat(watch.agrees(nanos, wall)).isFalse();
    assertThat(observe()).isFalse();
    assertThat(observe()).isTrue();
    assertThat(watch.agrees(nanos, wall)).isTrue();
  }

  @Test
  void aWallClockThatIsSetBackIsFollowed() {
    pass(250, -60_000);
    assertThat(observe()).isTrue();
    pass(1, 100);

    assertThat(observe()).as("measured from where it was set to").isFalse();
  }

  @Test
  void manySmallSuspensionsAddUp() {
    boolean seen = false;
    for (int i = 0; i < 10 && !seen; i++) {
      pass(100, 110);
      seen = !observe();
    }
    assertThat(seen).isTrue();
  }

  @Test
  void aWallClockThatIsSlewedIsNoSuspension() {
    for (int i = 0; i < 10_000; i++) {
      nanos += 200 * MILLI - 100_000;
      wall += 200;
      assertThat(observe()).isTrue();
    }
  }

  @Test
  void clocksReadTooFarApartTellNothing() {
    pass(250, 250);
    assertThat(watch.observe(nanos, wall + 3_000, nanos + 3_000 * MILLI)).isTrue();
    assertThat(observe()).isTrue();
  }

  private void pass(long monotonicMillis, long wallMillis) {
    nanos += monotonicMillis * MILLI;
    wall += wallMillis;
  }

  private boolean observe() {
    return watch.observe(nanos, wall, nanos);
  }
}
