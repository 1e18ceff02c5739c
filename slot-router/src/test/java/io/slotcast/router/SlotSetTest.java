package io.slotcast.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotSetTest {
  private final Random random = new Random(7);

  private record Pair(SlotSet set, BitSet model) {}

  private Pair randomPair() {
    SlotSet set = SlotSet.empty();
    BitSet model = new BitSet();
    for (int i = random.nextInt(5); i > 0; i--) {
      int first = random.nextInt(SlotHash.SLOTS);
      int last = first + random.nextInt(SlotHash.SLOTS - first);
      set = set.with(first, last);
      model.set(first, last + 1);
    }
    return new Pair(set, model);
  }

  private static void assertSame(SlotSet set, BitSet model) {
    assertThat(set.toArray()).isEqualTo(model.stream().toArray());
    assertThat(set.size()).isEqualTo(model.cardinality());
    assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
    assertThat(SlotSet.of(set.ranges())).isEqualTo(set);
    if (!model.isEmpty()) {
      assertThat(set.first()).isEqualTo(model.nextSetBit(0));
    }
  }

  @Test
  void behavesAsABitSetDoes() {
    for (int i = 0; i < 200; i++) {
      Pair a = randomPair();
      Pair b = randomPair();
      assertSame(a.set, a.model);

      BitSet union = (BitSet) a.model.clone();
      union.or(b.model);
      assertSame(a.set.union(b.set), union);

      BitSet minus = (BitSet) a.model.clone();
      minus.andNot(b.model);
      assertSame(a.set.minus(b.set), minus);

      BitSet both = (BitSet) a.model.clone();
      both.and(b.model);
      assertSame(a.set.intersect(b.set), both);
      assertThat(a.set.intersects(b.set)).isEqualTo(!both.isEmpty());
      assertThat(a.set.containsAll(b.set)).isEqualTo(both.equals(b.model));
      int slot = random.nextInt(SlotHash.SLOTS);
      assertThat(a.set.contains(slot)).isEqualTo(a.model.get(slot));
    }
  }

  @Test
  void rangesAreTheFewestAndPrintedAsInClusterNodes() {
    SlotSet set = SlotSet.range(5, 9).with(11, 11).with(10, 10).with(16_383, 16_383);

    assertThat(set.ranges())
        .isEqualTo(List.of(new SlotRange(5, 11), new SlotRange(16_383, 16_383)));
    assertThat(set).hasToString("5-11 16383");
  }

  @Test
  void allAndEmptyAreWhatTheySay() {
    assertThat(SlotSet.all().size()).isEqualTo(16_384);
    assertThat(SlotSet.empty().isEmpty()).isTrue();
    assertThatThrownBy(() -> SlotSet.empty().first()).isInstanceOf(NoSuchElementException.class);
    assertThat(SlotSet.all().minus(SlotSet.all())).isEqualTo(SlotSet.empty());
  }

  @Test
  void aRangeOutsideTheSlotsIsRefused() {
    assertThatThrownBy(() -> SlotSet.range(0, 16_384)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlotRange(5, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SlotRange(-1, 4)).isInstanceOf(IllegalArgumentException.class);
  }
}
