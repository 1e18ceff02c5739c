package io.slotcast.broker.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteMapTest {
  private final ByteMap<Integer> map = new ByteMap<>();

  /** Few keys make a small table that is full of shifts; many make it grow and shrink. */
  @ParameterizedTest
  @ValueSource(ints = {3, 6, 40, 5_000})
  void agreesWithHashMapThroughRandomChanges(int keys) {
    Map<String, Integer> model = new HashMap<>();
    Random random = new Random(keys);
    boolean growing = true;
    for (int i = 0; i < 60_000; i++) {
      if (random.nextInt(keys * 4) == 0) {
        growing = !growing;
      }
      String key = "key-" + random.nextInt(keys);
      int chance = random.nextInt(10);
      if (chance < (growing ? 5 : 2)) {
        assertThat(put(key, i)).isEqualTo(model.put(key, i));
      } else if (chance < 7) {
        assertThat(remove(key)).isEqualTo(model.remove(key));
      } else {
        assertThat(get(key)).isEqualTo(model.get(key));
      }
      assertThat(map.size()).isEqualTo(model.size());
      if (i % 1_000 == 0) {
        assertThat(content()).isEqualTo(model);
      }
    }
    assertThat(content()).isEqualTo(model);
  }

  @Test
  void theBucketsShowEachEntryOnce() {
    for (int i = 0; i < 1_000; i++) {
      put("key-" + i, i);
    }
    Map<String, Integer> seen = new HashMap<>();
    for (int bucket = 0; bucket < map.buckets(); bucket++) {
      byte[] key = map.keyAt(bucket);
      if (key != null) {
        assertThat(seen.put(text(key), map.valueAt(bucket))).isNull();
      } else {
        assertThat(map.valueAt(bucket)).isNull();
      }
    }
    assertThat(seen).isEqualTo(content()).hasSize(1_000);
  }

  @Test
  void aKeyIsCopiedOutOfTheCallersArray() {
    byte[] array = bytes("..abc..");
    map.put(array, 2, 3, 1);
    array[3] = 'x';
    assertThat(get("abc")).isEqualTo(1);
    assertThat(get("axc")).isNull();
  }

  @Test
  void theEmptyKeyIsAKey() {
    put("", 1);
    assertThat(get("")).isEqualTo(1);
    assertThat(map.size()).isOne();
    assertThat(remove("")).isEqualTo(1);
    assertThat(map.isEmpty()).isTrue();
  }

  @Test
  void binaryKeysAreToldApartByEveryByte() {
    for (int i = 0; i < 65_536; i++) {
      map.put(new byte[] {(byte) (i >> 8), (byte) i}, i);
    }
    assertThat(map.size()).isEqualTo(65_536);
    for (int i = 0; i < 65_536; i++) {
      assertThat(map.get(new byte[] {(byte) (i >> 8), (byte) i})).isEqualTo(i);
    }
  }

  @Test
  void memoryGoesWithTheEntries() {
    for (int i = 0; i < 10_000; i++) {
      put("key-" + i, i);
    }
    int largest = map.buckets();
    for (int i = 0; i < 10_000; i++) {
      remove("key-" + i);
    }
    assertThat(map.buckets()).isLessThan(largest / 100);
    put("key", 1);
    map.clear();
    assertThat(get("key")).isNull();
    assertThat(map.size()).isZero();
  }

  @Test
  void anEntryCanBeLookedForByItsValue() {
    put("a", 1);
    put("b", 2);
    assertThat(map.anyMatch((key, value) -> value == 2)).isTrue();
    assertThat(map.anyMatch((key, value) -> value == 3)).isFalse();
  }

  private Map<String, Integer> content() {
    Map<String, Integer> content = new HashMap<>();
    map.forEach((key, value) -> assertThat(content.put(text(key), value)).isNull());
    return content;
  }

  /** All look-ups go by slices, of arrays that hold other bytes around the key. */
  private @Nullable Integer put(String key, int value) {
    return map.put(bytes("<<" + key + ">"), 2, key.length(), value);
  }

  private @Nullable Integer get(String key) {
    return map.get(bytes("<" + key + ">>"), 1, key.length());
  }

  private @Nullable Integer remove(String key) {
    return map.remove(bytes(key + ">"), 0, key.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
