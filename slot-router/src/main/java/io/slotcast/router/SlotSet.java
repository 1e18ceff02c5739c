package io.slotcast.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/** An immutable set of hash slots, one bit a slot. */
public final class SlotSet {
  private static final int WORDS = SlotHash.SLOTS / Long.SIZE;
  private static final SlotSet EMPTY = new SlotSet(new long[WORDS]);
  private static final SlotSet ALL = EMPTY.with(0, SlotHash.SLOTS - 1);

  private final long[] words;

  private SlotSet(long[] words) {
    this.words = words;
  }

  /** No slot. */
  public static SlotSet empty() {
    return EMPTY;
  }

  /** All 16,384 slots. */
  public static SlotSet all() {
    return ALL;
  }

  /** The slots from {@code first} to {@code last}, both included. */
  public static SlotSet range(int first, int last) {
    return EMPTY.with(first, last);
  }

  /** The slots of several ranges, which may overlap. */
  public static SlotSet of(Iterable<SlotRange> ranges) {
    long[] words = new long[WORDS];
    ranges.forEach(range -> add(words, range));
    return new SlotSet(words);
  }

  /** A word at a time: sets are made for each lease that is asked for. */
  private static void add(long[] words, SlotRange range) {
    int first = range.first() >>> 6;
    int last = range.last() >>> 6;
    long from = -1L << range.first();
    long to = -1L >>> -(range.last() + 1);
    if (first == last) {
      words[first] |= from & to;
      return;
    }
    words[first] |= from;
    Arrays.fill(words, first + 1, last, -1L);
    words[last] |= to;
  }

  public boolean contains(int slot) {
    return (words[slot >>> 6] & 1L << slot) != 0;
  }

  public boolean isEmpty() {
    return equals(EMPTY);
  }

  /** How many slots the set holds. */
  public int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  /** This set and the slots from {@code first} to {@code last}, both included. */
  public SlotSet with(int first, int last) {
    long[] result = words.clone();
    add(result, new SlotRange(first, last));
    return new SlotSet(result);
  }

  /** The slots of either set. */
  public SlotSet union(SlotSet other) {
    long[] result = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      result[i] = words[i] | other.words[i];
    }
    return new SlotSet(result);
  }

  /** The slots of this set that {@code other} lacks. */
  public SlotSet minus(SlotSet other) {
    long[] result = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      result[i] = words[i] & ~other.words[i];
    }
    return new SlotSet(result);
  }

  /** The slots of both sets. */
  public SlotSet intersect(SlotSet other) {
    long[] result = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      result[i] = words[i] & other.words[i];
    }
    return new SlotSet(result);
  }

  public boolean intersects(SlotSet other) {
    for (int i = 0; i < WORDS; i++) {
      if ((words[i] & other.words[i]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether every slot of {@code other} is in this set. */
  public boolean containsAll(SlotSet other) {
    for (int i = 0; i < WORDS; i++) {
      if ((other.words[i] & ~words[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The slots, ascending. */
  public IntStream stream() {
    return Arrays.stream(toArray());
  }

  /** The slots, ascending, in an array of the caller's own. */
  public int[] toArray() {
    int[] slots = new int[size()];
    int count = 0;
    for (int i = 0; i < WORDS; i++) {
      for (long word = words[i]; word != 0; word &= word - 1) {
        slots[count++] = (i << 6) + Long.numberOfTrailingZeros(word);
      }
    }
    return slots;
  }

  /** The fewest ranges that make up this set, ascending. */
  public List<SlotRange> ranges() {
    List<SlotRange> ranges = new ArrayList<>();
    int first = next(0, 0);
    while (first < SlotHash.SLOTS) {
      int behind = next(first, -1L);
      ranges.add(new SlotRange(first, behind - 1));
      first = next(behind, 0);
    }
    return List.copyOf(ranges);
  }

  /**
   * The first slot from {@code slot} on whose bit differs from that in {@code same}; how many slots
   * there are if none does.
   */
  private int next(int slot, long same) {
    for (int i = slot >>> 6; i < WORDS; i++) {
      long differs = words[i] ^ same;
      differs &= i == slot >>> 6 ? -1L << slot : -1L;
      if (differs != 0) {
        return (i << 6) + Long.numberOfTrailingZeros(differs);
      }
    }
    return SlotHash.SLOTS;
  }

  /**
   * The lowest slot.
   *
   * @throws NoSuchElementException if there is none
   */
  public int first() {
    int first = next(0, 0);
    if (first == SlotHash.SLOTS) {
      throw new NoSuchElementException("no slot");
    }
    return first;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlotSet that && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  /** The ranges, separated by spaces, as CLUSTER NODES prints them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (SlotRange range : ranges()) {
      text.append(text.isEmpty() ? "" : " ").append(range);
    }
    return text.toString();
  }
}
