package io.slotcast.broker.keyspace.set;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetValueTest {
  private final SetValue set = new SetValue(512);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdsWhatAHashSetHoldsThroughARandomRun(long seed) {
    Random random = new Random(seed);
    Set<String> model = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      String prefix = i > 2500 ? "m" : "";
      long wide = random.nextBoolean() ? 1 : 1L << random.nextInt(50);
      String member = prefix + (random.nextInt(300) - 150) * wide;
      if (random.nextInt(3) > 0) {
        assertThat(set.add(bytes(member))).as("seed %s", seed).isEqualTo(model.add(member));
      } else {
        assertThat(set.remove(bytes(member))).as("seed %s", seed).isEqualTo(model.remove(member));
      }
      assertThat(set.size()).isEqualTo(model.size());
      assertThat(set.contains(bytes(member))).isEqualTo(model.contains(member));
    }
    assertThat(texts()).containsExactlyInAnyOrderElementsOf(model);
  }

  @Test
  void fewIntegersAreAnIntsetInAscendingOrderAndMoreAHashtable() {
    TreeSet<Long> model = new TreeSet<>();
    for (long i = 0; i < 512; i++) {
      long value = (i * 7919 % 1000 - 500) << i % 40;
      set.add(bytes(Long.toString(value)));
      model.add(value);
    }
    assertThat(set.encoding()).isEqualTo("intset");
    assertThat(texts()).containsExactlyElementsOf(model.stream().map(String::valueOf).toList());

    for (int i = 0; i < 513; i++) {
      set.add(bytes("9" + i));
    }
    assertThat(set.encoding()).isEqualTo("hashtable");
  }

  @Test
  void aMemberThatIsThereAllThroughAWalkIsMetThoughTheTableGrowsAndShrinks() {
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      set.add(bytes("stays" + i));
    }
    Set<String> met = new HashSet<>();
    long cursor = 0;
    int step = 0;
    do {
      cursor = set.scan(cursor, member -> met.add(text(member)));
      for (int i = 0; i < 40; i++) {
        byte[] member = bytes("goes" + random.nextInt(2000));
        boolean change = step % 60 < 30 ? set.add(member) : set.remove(member);
        assertThat(set.contains(member)).isEqualTo(step % 60 < 30).as("changed: %s", change);
      }
      step++;
    } while (cursor != 0);

    for (int i = 0; i < 300; i++) {
      assertThat(met).contains("stays" + i);
    }
  }

  @Test
  void everyMemberIsDrawnSoonerOrLater() {
    Random random = new Random(1);
    for (String member : List.of("a", "b", "c", "7")) {
      set.add(bytes(member));
    }
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      drawn.add(text(set.random(random)));
    }
    assertThat(drawn).containsExactlyInAnyOrder("a", "b", "c", "7");
  }

  private List<String> texts() {
    return set.members().stream().map(SetValueTest::text).toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
