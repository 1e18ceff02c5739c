package io.slotcast.broker.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.effect.SlotEffects;
import io.slotcast.broker.keyspace.string.StringValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlotKeysTest {
  private static final int SLOT = 5;
  private static final long NOW = 1_000_000;

  private final ExpirySchedule schedule = new ExpirySchedule();
  private final EffectStream stream = new EffectStream();
  private final SlotKeys keys =
      new SlotKeys(
          SLOT,
          new SlotContext(
              schedule,
              stream,
              new KeyEvents(),
              new Wakeups(),
              new KeyUse(Random::new),
              new KeyMemory()),
          new SlotEffects(SLOT, stream),
          new Waiters());

  @Test
  void aKeyLivesThroughTheMillisecondOfItsExpiry() {
    put("a", NOW);
    assertThat(find("a", NOW)).isNotNull();
    assertThat(find("a", NOW + 1)).isNull();
  }

  @Test
  void aReadLeavesAnExpiredKeyAndCountsAMiss() {
    put("a", NOW);
    assertThat(read("a", NOW + 1)).isNull();
    assertThat(keys.count()).isOne();
    assertThat(keys.statistics().expired()).isZero();
    assertThat(keys.statistics().misses()).isOne();
    assertThat(keys.statistics().hits()).isZero();
  }

  @Test
  void aLookUpForAWriteRemovesAnExpiredKey() {
    put("a", NOW);
    long changes = keys.changes();
    assertThat(find("a", NOW + 1)).isNull();
    assertThat(keys.count()).isZero();
    assertThat(keys.expiringCount()).isZero();
    assertThat(keys.statistics().expired()).isOne();
    assertThat(keys.changes()).isEqualTo(changes + 1);
    assertThat(keys.statistics().hits() + keys.statistics().misses()).isZero();
  }

  @Test
  void anExpiredKeyWasNotThereToBeRemoved() {
    put("a", NOW);
    put("b", Value.NEVER);
    assertThat(remove("a", NOW + 1)).isFalse();
    assertThat(keys.statistics().expired()).isOne();
    assertThat(remove("b", NOW + 1)).isTrue();
    assertThat(keys.statistics().expired()).isOne();
    assertThat(keys.count()).isZero();
  }

  @Test
  void aNewValueHasNoExpiryOfTheOldOne() {
    put("a", NOW);
    put("a", Value.NEVER);
    assertThat(keys.expiringCount()).isZero();
    assertThat(find("a", Long.MAX_VALUE)).isNotNull();
  }

  @Test
  void theScheduleKnowsTheSoonestExpiry() {
    assertThat(schedule.dueMillis(SLOT)).isEqualTo(ExpirySchedule.NEVER);
    put("a", NOW + 20);
    put("b", NOW + 10);
    put("c", NOW + 30);
    assertThat(schedule.dueMillis(SLOT)).isEqualTo(NOW + 10);
    assertThat(schedule.dueMillis(SLOT + 1)).isEqualTo(ExpirySchedule.NEVER);
  }

  @Test
  void clearingLeavesNothing() {
    put("a", NOW);
    put("b", Value.NEVER);
    keys.clear();
    assertThat(keys.count()).isZero();
    assertThat(keys.expiringCount()).isZero();
    assertThat(schedule.dueMillis(SLOT)).isEqualTo(ExpirySchedule.NEVER);
    assertThat(find("b", NOW)).isNull();
  }

  @Test
  void namesAreAsManyAsAskedFor() {
    put("a", Value.NEVER);
    put("b", Value.NEVER);
    put("c", Value.NEVER);
    assertThat(keys.names(2)).hasSize(2);
    assertThat(keys.names(0)).isEmpty();
    assertThat(keys.names(Long.MAX_VALUE).stream().map(SlotKeysTest::text))
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  /** Random writes, expiries and times beside a plain model that removes nothing by itself. */
  @Test
  void agreesWithAPlainModel() {
    Map<String, Long> model = new HashMap<>();
    Random random = new Random(20_261_121);
    long now = NOW;
    for (int i = 0; i < 50_000; i++) {
      now += random.nextInt(3);
      long time = now;
      model.values().removeIf(expiry -> expiry != Value.NEVER && time > expiry);
      String key = "k" + random.nextInt(60);
      switch (random.nextInt(6)) {
        case 0 -> {
          put(key, Value.NEVER);
          model.put(key, Value.NEVER);
        }
        case 1 -> {
          long expiry = now + random.nextInt(100);
          put(key, expiry);
          model.put(key, expiry);
        }
        case 2 -> assertThat(remove(key, now)).isEqualTo(model.remove(key) != null);
        case 3 -> assertThat(read(key, now) != null).isEqualTo(model.containsKey(key));
        case 4 -> {
          Value value = find(key, now);
          assertThat(value != null).isEqualTo(model.containsKey(key));
          if (value != null) {
            keys.expireAt(value, now + 50);
            model.put(key, now + 50);
          }
        }
        default -> {
          keys.expireBuckets(0, keys.buckets(), now);
          assertThat(keys.count()).isEqualTo(model.size());
          assertThat(keys.expiringCount())
              .isEqualTo((int) model.values().stream().filter(e -> e != Value.NEVER).count());
        }
      }
    }
    assertThat(keys.statistics().expired()).isPositive();
  }

  private void put(String key, long expiresAt) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    StringValue value = new StringValue(bytes);
    keys.put(bytes, 0, bytes.length, value);
    if (expiresAt != Value.NEVER) {
      keys.expireAt(value, expiresAt);
    }
  }

  private @Nullable Value find(String key, long now) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    return keys.find(bytes, 0, bytes.length, now);
  }

  private @Nullable Value read(String key, long now) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    return keys.read(bytes, 0, bytes.length, now);
  }

  private boolean remove(String key, long now) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    return keys.remove(bytes, 0, bytes.length, now);
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.ISO_8859_1);
  }
}
