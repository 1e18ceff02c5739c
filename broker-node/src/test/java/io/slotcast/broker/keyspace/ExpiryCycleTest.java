package io.slotcast.broker.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.router.SlotSet;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The cycle with a clock that the test turns; each look at the nanosecond clock takes 100 µs. */
class ExpiryCycleTest {
  private static final long LOOK_NANOS = 100_000;

  private final SlotTable slots = new SlotTable();
  private SlotSet writable = SlotSet.all();
  private long millis = 1_000_000;
  private long nanos;
  private final ExpiryCycle cycle =
      new ExpiryCycle(
          slots, slot -> writable.contains(slot), () -> millis, () -> nanos += LOOK_NANOS);

  @Test
  void removesWhatIsDueAndNothingElse() {
    put(1, "a", 10);
    put(1, "b", 20);
    put(1, "c", Value.NEVER);
    put(16_383, "d", 10);
    assertThat(cycle.turn()).isEqualTo(ExpiryCycle.IDLE_MILLIS);
    assertThat(keys()).isEqualTo(4);
    millis += 11;
    assertThat(cycle.turn()).isEqualTo(ExpiryCycle.IDLE_MILLIS);
    assertThat(slots.get(1).keys().count()).isEqualTo(2);
    assertThat(slots.get(16_383).keys().count()).isZero();
    assertThat(KeyspaceTotals.of(slots).expired()).isEqualTo(2);
    millis += 10;
    cycle.turn();
    assertThat(keys()).isOne();
  }

  @Test
  void slotsWithNothingDueAreNotLookedAt() {
    put(1, "a", 10);
    millis += 11;
    cycle.turn();
    long before = nanos;
    cycle.turn();
    assertThat(nanos - before).as("nothing was timed, so nothing was walked").isZero();
  }

  @Test
  void afterAQuietTurnTheNextExpiryIsFoundWhenItIsDue() {
    put(1, "a", 500);
    cycle.turn();
    millis += 100;
    put(16_000, "b", 50);
    cycle.turn();
    assertThat(keys()).isEqualTo(2);
    millis += 100;
    cycle.turn();
    assertThat(slots.get(16_000).keys().count()).isZero();
    assertThat(keys()).isOne();
    millis += 301;
    cycle.turn();
    assertThat(keys()).isZero();
  }

  @Test
  void aLaterExpiryOfTheSameKeyIsWaitedFor() {
    put(1, "a", 10);
    SlotKeys keys = slots.get(1).keys();
    keys.expireAt(Objects.requireNonNull(keys.find(bytes("a"), 0, 1, millis)), millis + 500);
    millis += 11;
    cycle.turn();
    assertThat(keys()).isOne();
    millis += 490;
    cycle.turn();
    assertThat(keys()).isZero();
  }

  @Test
  void slotsThatThisNodeMayNotWriteAreLeftUntilItMay() {
    put(1, "a", 10);
    put(2, "b", 10);
    writable = SlotSet.range(2, 2);
    millis += 11;
    cycle.turn();
    assertThat(slots.get(1).keys().count()).isOne();
    assertThat(slots.get(2).keys().count()).isZero();
    writable = SlotSet.all();
    millis += ExpiryCycle.LOOK_MILLIS;
    cycle.turn();
    assertThat(keys()).isZero();
  }

  @Test
  void aLargeSlotIsWorkedThroughInShortTurns() {
    int count = 40_000;
    for (int i = 0; i < count; i++) {
      put(7, "key-" + i, 10);
    }
    millis += 11;
    int turns = 0;
    while (cycle.turn() == ExpiryCycle.BUSY_MILLIS) {
      turns++;
    }
    assertThat(turns).as("turns of ten looks of 512 buckets at most").isGreaterThan(5);
    assertThat(KeyspaceTotals.of(slots).expired()).isEqualTo(count);
    assertThat(keys()).isZero();
  }

  @Test
  void anExpiryGivenDuringAWalkIsNotForgotten() {
    for (int i = 0; i < 40_000; i++) {
      put(7, "key-" + i, i == 0 ? 10 : Value.NEVER);
    }
    millis += 11;
    assertThat(cycle.turn()).isEqualTo(ExpiryCycle.BUSY_MILLIS);
    for (int i = 1; i <= 100; i++) {
      put(7, "key-" + i, 50);
    }
    int turns = 0;
    while (cycle.turn() == ExpiryCycle.BUSY_MILLIS) {
      turns++;
    }
    assertThat(turns).isPositive();
    millis += 51;
    while (cycle.turn() == ExpiryCycle.BUSY_MILLIS) {
      turns++;
    }
    assertThat(keys()).isEqualTo(40_000 - 101);
  }

  @Test
  void aSlotThatGoesAwayInTheMiddleOfAWalkIsWalkedAnewWhenItComesBack() {
    for (int i = 0; i < 40_000; i++) {
      put(7, "key-" + i, 10);
    }
    put(8, "other", 10);
    millis += 11;
    assertThat(cycle.turn()).isEqualTo(ExpiryCycle.BUSY_MILLIS);
    writable = SlotSet.range(8, 8);
    long left = slots.get(7).keys().count();
    cycle.turn();
    assertThat(slots.get(8).keys().count()).isZero();
    assertThat(slots.get(7).keys().count()).isEqualTo((int) left).isPositive();
    writable = SlotSet.all();
    millis++;
    long turn = ExpiryCycle.BUSY_MILLIS;
    while (turn == ExpiryCycle.BUSY_MILLIS) {
      turn = cycle.turn();
    }
    assertThat(keys()).isZero();
  }

  private void put(int slot, String key, long afterMillis) {
    SlotKeys keys = slots.get(slot).keys();
    StringValue value = new StringValue(bytes(key));
    keys.put(bytes(key), 0, key.length(), value);
    if (afterMillis != Value.NEVER) {
      keys.expireAt(value, millis + afterMillis);
    }
  }

  private long keys() {
    return KeyspaceTotals.of(slots).keys();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
