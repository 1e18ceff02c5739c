package io.slotcast.broker.keyspace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerGroupTest {
  private final ConsumerGroup group =
      new ConsumerGroup("g".getBytes(StandardCharsets.US_ASCII), StreamId.MIN, 0);
  private final Consumer one = group.createConsumer(new byte[] {'a'}, 0);
  private final Consumer other = group.createConsumer(new byte[] {'b'}, 0);

  private List<PendingEntry> claimable() {
    List<PendingEntry> all = new ArrayList<>();
    @Nullable PendingEntry next = group.claimable(null);
    while (next != null) {
      all.add(next);
      next = group.claimable(next);
    }
    return all;
  }

  /** The model is a list in which an entry's new place is behind all of its time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatMayBeClaimedIsInTheOrderOfReleaseAndDelivery(long seed) {
    Random random = new Random(seed);
    List<PendingEntry> model = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      PendingEntry known = model.isEmpty() ? null : model.get(random.nextInt(model.size()));
      Consumer to = random.nextBoolean() ? one : other;
      long millis = 1L + (random.nextInt(10) == 0 ? random.nextInt(i + 1) : i);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          StreamId id = new StreamId(i, 0);
          model.add(group.addPending(id, to, millis, 1));
        }
        case 2 -> {
          if (known != null) {
            group.deliver(known, to, millis, known.nextDeliveries());
            model.remove(known);
            model.add(known);
          }
        }
        case 3 -> {
          if (known != null && random.nextInt(3) == 0) {
            group.release(known, 0);
            model.remove(known);
            model.add(known);
          }
        }
        default -> {
          if (known != null) {
            group.removePending(known);
            model.remove(known);
          }
        }
      }
      model.sort(Comparator.comparingLong(PendingEntry::deliveredMillis));
      if (i % 50 == 0) {
        assertThat(claimable()).containsExactlyElementsOf(model);
      }
    }
    assertThat(group.pending().size()).isEqualTo(model.size());
    assertThat(one.pending().size() + other.pending().size() + group.nobody().pending().size())
        .isEqualTo(model.size());
  }

  @Test
  void whoGoesTakesAlongWhatIsPendingWithHimAndNotWhatHeGaveBack() {
    PendingEntry kept = group.addPending(new StreamId(1, 0), one, 5, 1);
    group.addPending(new StreamId(2, 0), one, 5, 1);
    group.release(kept, 1);
    assertThat(group.deleteConsumer(one)).isOne();
    assertThat(claimable()).containsExactly(kept);
    assertThat(group.isReleased(Objects.requireNonNull(group.pending().first()))).isTrue();
  }

  @Test
  void anEntryThatNoDeliveryHelpsIsCountedNoFurther() {
    PendingEntry fatal = group.addPending(new StreamId(1, 0), one, 5, Long.MAX_VALUE);
    assertThat(fatal.nextDeliveries()).isEqualTo(Long.MAX_VALUE);
  }
}
