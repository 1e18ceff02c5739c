package io.slotcast.broker.keyspace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingEntriesTest {
  private static final Consumer CONSUMER = new Consumer(new byte[0], 0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aRandomRunGivesWhatASortedMapGives(long seed) {
    Random random = new Random(seed);
    PendingEntries pending = new PendingEntries();
    TreeMap<StreamId, PendingEntry> model = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      StreamId id = new StreamId(random.nextInt(60), random.nextLong() >> 54);
      boolean grows = i / 4000 % 2 == 0;
      if (random.nextInt(10) < (grows ? 8 : 2)) {
        add(pending, model, id);
      } else {
        remove(pending, model, random.nextBoolean() ? id : ceiling(model, id));
      }
      assertThat(pending.size()).isEqualTo(model.size());
      assertThat(pending.find(id)).isSameAs(model.get(id));
      assertThat(pending.ceiling(id)).isSameAs(valueOf(model.ceilingEntry(id)));
      assertThat(pending.after(id)).isSameAs(valueOf(model.higherEntry(id)));
    }
    assertThat(pending.first()).isSameAs(valueOf(model.firstEntry()));
    assertThat(pending.last()).isSameAs(valueOf(model.lastEntry()));
    assertThat(pending.toList()).isEqualTo(List.copyOf(model.values()));
  }

  private static StreamId ceiling(NavigableMap<StreamId, PendingEntry> model, StreamId id) {
    StreamId found = model.ceilingKey(id);
    return found == null ? id : found;
  }

  private static @Nullable PendingEntry valueOf(Map.@Nullable Entry<StreamId, PendingEntry> entry) {
    return entry == null ? null : entry.getValue();
  }

  private static void add(
      PendingEntries pending, NavigableMap<StreamId, PendingEntry> model, StreamId id) {
    if (!model.containsKey(id)) {
      PendingEntry entry = new PendingEntry(id, CONSUMER, 0, 1);
      pending.add(entry);
      model.put(id, entry);
    }
  }

  private static void remove(
      PendingEntries pending, NavigableMap<StreamId, PendingEntry> model, StreamId id) {
    PendingEntry entry = model.remove(id);
    if (entry != null) {
      pending.remove(entry);
    }
  }
}
