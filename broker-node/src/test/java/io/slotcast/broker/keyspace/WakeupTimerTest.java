package io.slotcast.broker.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The timer with a clock that the test turns; its turns are called by the test. */
class WakeupTimerTest {
  private final SlotTable slots = new SlotTable();
  private final ScheduledExecutorService unused = Executors.newSingleThreadScheduledExecutor();
  private final List<String> woken = new ArrayList<>();
  private boolean writable = true;
  private long millis = 1_000;
  private final WakeupTimer timer =
      new WakeupTimer(
          slots,
          slot -> writable,
          () -> millis,
          unused,
          (slot, key) ->
              woken.add(slot.number() + ":" + new String(key, StandardCharsets.US_ASCII)));

  @AfterEach
  void stop() {
    unused.shutdownNow();
  }

  private void wakeAt(int slot, String key, long at) {
    byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
    slots.get(slot).keys().wakeAt(bytes, 0, bytes.length, at);
  }

  private List<String> turnAt(long at) {
    millis = at;
    woken.clear();
    timer.wakeDue();
    return woken;
  }

  @Test
  void keysAreWokenInTheOrderOfTheirTimes() {
    wakeAt(1, "c", 1_300);
    wakeAt(2, "a", 1_100);
    wakeAt(1, "b", 1_200);
    assertThat(turnAt(1_099)).isEmpty();
    assertThat(turnAt(1_200)).containsExactly("2:a", "1:b");
    assertThat(turnAt(9_999)).containsExactly("1:c");
    assertThat(turnAt(9_999)).isEmpty();
  }

  @Test
  void ofAKeyTheSoonestTimeCounts() {
    wakeAt(1, "a", 1_500);
    wakeAt(1, "a", 1_200);
    wakeAt(1, "a", 1_800);
    assertThat(slots.wakeups().nextMillis()).isEqualTo(1_200);
    assertThat(turnAt(2_000)).containsExactly("1:a");
    assertThat(slots.wakeups().nextMillis()).isEqualTo(Wakeups.NEVER);
  }

  @Test
  void aKeyThatMayNotBeWrittenHereIsLookedAtAgainLater() {
    wakeAt(1, "a", 1_100);
    writable = false;
    assertThat(turnAt(1_100)).isEmpty();
    writable = true;
    assertThat(turnAt(1_101)).isEmpty();
    assertThat(turnAt(1_100 + WakeupTimer.ELSEWHERE_MILLIS)).containsExactly("1:a");
  }

  @Test
  void aSoonerTimeIsAnnounced() {
    List<Long> announced = new ArrayList<>();
    slots.wakeups().onSooner(() -> announced.add(slots.wakeups().nextMillis()));
    wakeAt(1, "a", 1_500);
    wakeAt(1, "b", 1_600);
    wakeAt(1, "b", 1_400);
    assertThat(announced).containsExactly(1_500L, 1_400L);
  }
}
