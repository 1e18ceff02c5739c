package io.slotcast.broker.keyspace.sortedset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.keyspace.sortedset.EntryRange.MemberLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SortedSetValueTest {
  private long maxEntries = 128;
  private final SortedSetValue.Limits limits =
      new SortedSetValue.Limits(() -> maxEntries, () -> 64);
  private SortedSetValue set = new SortedSetValue(limits);
  private final Map<String, Double> model = new HashMap<>();

  private double modelScore(String member) {
    return model.getOrDefault(member, Double.NaN);
  }

  /** The entries of the model in their order. */
  private List<String> ordered() {
    List<String> members = new ArrayList<>(model.keySet());
    members.sort((a, b) -> ScoredMember.compare(modelScore(a), bytes(a), modelScore(b), bytes(b)));
    return members;
  }

  @ParameterizedTest
  @CsvSource({"1, 100, 40", "2, 300, 3000", "3, 20000, 1000000", "4, 4000, 3"})
  void holdsWhatASortedListHoldsThroughARandomRun(long seed, int members, int scores) {
    Random random = new Random(seed);
    for (int i = 0; i < 30_000; i++) {
      String member = "m" + random.nextInt(members);
      boolean grows = i / 10_000 != 1;
      if (random.nextInt(10) < (grows ? 7 : 3)) {
        double score = random.nextInt(scores) / 4.0;
        put(member, score);
        model.put(member, score);
      } else {
        assertThat(remove(member)).as("seed %s", seed).isEqualTo(model.remove(member) != null);
      }
      if (i % 2_000 == 0) {
        checkAgainstModel(random);
      }
    }
    checkAgainstModel(random);
  }

  private void checkAgainstModel(Random random) {
    List<String> expected = ordered();
    assertThat(set.size()).isEqualTo(expected.size());
    assertThat(texts(set.all(), false)).isEqualTo(expected);
    assertThat(texts(set.all(), true)).isEqualTo(expected.reversed());
    for (int i = 0; i < 50 && !expected.isEmpty(); i++) {
      int rank = random.nextInt(expected.size());
      String member = expected.get(rank);
      assertThat(set.rank(bytes(member), 0, member.length())).isEqualTo(rank);
      assertThat(score(member)).isEqualTo(modelScore(member));
      int to = rank + random.nextInt(expected.size() - rank) + 1;
      assertThat(texts(new Ranks(rank, to), true)).isEqualTo(expected.subList(rank, to).reversed());
      double low = modelScore(member);
      double high = low + random.nextInt(4);
      boolean withoutLow = random.nextBoolean();
      boolean withoutHigh = random.nextBoolean();
      EntryRange range = EntryRange.byScore(low, withoutLow, high, withoutHigh);
      assertThat(texts(set.ranks(range), false))
          .isEqualTo(
              expected.stream()
                  .filter(each -> withoutLow ? modelScore(each) > low : modelScore(each) >= low)
                  .filter(each -> withoutHigh ? modelScore(each) < high : modelScore(each) <= high)
                  .toList());
    }
    assertThat(set.rank(bytes("none"), 0, 4)).isEqualTo(-1);
    assertThat(score("none")).isNaN();
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 5_000})
  void membersOfOneScoreAreFoundByTheirBytes(int count) {
    for (int i = 0; i < count; i++) {
      put("m" + i, 7);
      model.put("m" + i, 7.0);
    }
    List<String> expected = ordered();
    Random random = new Random(count);
    for (int i = 0; i < 200; i++) {
      String low = "m" + random.nextInt(count);
      String high = "m" + random.nextInt(count) + (random.nextBoolean() ? "" : "x");
      boolean withoutLow = random.nextBoolean();
      boolean withoutHigh = random.nextBoolean();
      EntryRange range =
          EntryRange.byMember(
              new MemberLimit.At(bytes(low), withoutLow),
              new MemberLimit.At(bytes(high), withoutHigh));
      assertThat(texts(set.ranks(range), false))
          .isEqualTo(
              expected.stream()
                  .filter(each -> each.compareTo(low) >= (withoutLow ? 1 : 0))
                  .filter(each -> each.compareTo(high) <= (withoutHigh ? -1 : 0))
                  .toList());
    }
    EntryRange all = EntryRange.byMember(new MemberLimit.Lowest(), new MemberLimit.Highest());
    EntryRange none = EntryRange.byMember(new MemberLimit.Highest(), new MemberLimit.Lowest());
    assertThat(set.ranks(all)).isEqualTo(set.all());
    assertThat(set.ranks(none).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 20_000})
  void aQueueIsFilledAtOneEndAndEmptiedAtTheOther(int count) {
    for (int i = 0; i < count; i++) {
      put("job" + i, i);
    }
    for (int i = 0; i < count; i++) {
      assertThat(texts(new Ranks(0, 1), false)).containsExactly("job" + i);
      set.remove(new Ranks(0, 1));
    }
    assertThat(set.size()).isZero();
    put("again", 1);
    assertThat(texts(set.all(), false)).containsExactly("again");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 20_000})
  void entriesInTheMiddleAreRemovedByTheirRanks(int count) {
    List<String> expected = new ArrayList<>();
    for (int i = count - 1; i >= 0; i--) {
      put("m" + i, i);
      expected.add("m" + i);
    }
    Collections.reverse(expected);
    Random random = new Random(count);
    while (!expected.isEmpty()) {
      int from = random.nextInt(expected.size());
      int to = Math.min(from + random.nextInt(count / 8), expected.size() - 1) + 1;
      set.remove(new Ranks(from, to));
      expected.subList(from, to).forEach(member -> assertThat(score(member)).isNaN());
      expected.subList(from, to).clear();
      assertThat(texts(set.all(), false)).isEqualTo(expected);
    }
  }

  @Test
  void fewAndShortMembersArePackedAndOthersATree() {
    for (int i = 0; i < 128; i++) {
      put("m" + i, i);
    }
    assertThat(set.encoding()).isEqualTo("listpack");
    put("m5", 7.5);
    assertThat(set.encoding()).isEqualTo("listpack");
    put("one more", 1);
    assertThat(set.encoding()).isEqualTo("skiplist");
    assertThat(set.size()).isEqualTo(129);
    for (int i = 0; i < 128; i++) {
      remove("m" + i);
    }
    assertThat(set.encoding()).isEqualTo("skiplist");

    set = new SortedSetValue(limits);
    put("x".repeat(64), 1);
    assertThat(set.encoding()).isEqualTo("listpack");
    put("x".repeat(65), 1);
    assertThat(set.encoding()).isEqualTo("skiplist");
  }

  @Test
  void theLimitsAreAskedForAtEachNewMember() {
    put("a", 1);
    put("b", 1);
    maxEntries = 1;
    put("b", 2);
    assertThat(set.encoding()).isEqualTo("listpack");
    put("c", 2);
    assertThat(set.encoding()).isEqualTo("skiplist");
    assertThat(texts(set.all(), false)).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        1,
        -1,
        127,
        128,
        -128,
        -129,
        32767,
        32768,
        1L << 40,
        -(1L << 40),
        (1L << 53) + 2,
        (1L << 54) - 2,
        1L << 54,
        -(1L << 54),
        1L << 62,
        -0x1p63,
        0x1p63,
        1e300,
        0.1,
        -3.75,
        Double.MIN_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void everyScoreIsPackedAsItIs(double value) {
    put("a", value);
    put("b", value);
    assertThat(score("a")).isEqualTo(value);
    assertThat(texts(set.all(), false)).containsExactly("a", "b");
  }

  @Test
  void minusZeroIsZeroWhilePackedAndStaysWhatItIsInATree() {
    put("a", -0.0);
    assertThat(1 / score("a")).isPositive();
    maxEntries = 0;
    put("b", -0.0);
    assertThat(1 / score("b")).isNegative();
    assertThat(texts(set.all(), false)).containsExactly("a", "b");
  }

  @Test
  void membersAreOrderedByTheirBytesWithoutASign() {
    put("\u00ff", 1);
    put("a", 1);
    put("", 1);
    put("aa", 1);
    assertThat(texts(set.all(), false)).containsExactly("", "a", "aa", "\u00ff");
  }

  @Test
  void everyMemberIsDrawnSoonerOrLaterAndMetByAWalk() {
    for (int i = 0; i < 200; i++) {
      put("m" + i, i);
    }
    Random random = new Random(3);
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      drawn.add(new String(set.random(random).member(), ISO_8859_1));
    }
    assertThat(drawn).hasSize(200);
    Set<String> met = new HashSet<>();
    long cursor = 0;
    do {
      cursor =
          set.scan(
              cursor,
              (array, offset, length, score) ->
                  met.add(new String(array, offset, length, ISO_8859_1)));
    } while (cursor != 0);
    assertThat(met).isEqualTo(drawn);
  }

  private void put(String member, double score) {
    set.put(bytes(member), 0, member.length(), score);
  }

  private boolean remove(String member) {
    return set.remove(bytes(member), 0, member.length());
  }

  private double score(String member) {
    return set.score(bytes(member), 0, member.length());
  }

  private List<String> texts(Ranks ranks, boolean reverse) {
    return set.entries(ranks, reverse).stream()
        .map(entry -> new String(entry.member(), ISO_8859_1))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
