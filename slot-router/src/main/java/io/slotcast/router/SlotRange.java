package io.slotcast.router;

/** The slots from {@code first} to {@code last}, both included. */
public record SlotRange(int first, int last) {
  /**
   * @throws IllegalArgumentException unless 0 ≤ first ≤ last ≤ 16,383
   */
  public SlotRange {
    if (first < 0 || last < first || last >= SlotHash.SLOTS) {
      throw new IllegalArgumentException("not a range of slots: " + first + "-" + last);
    }
  }

  /** How many slots the range holds. */
  public int size() {
    return last - first + 1;
  }

  /** As CLUSTER NODES prints it: {@code 5} or {@code 5-9}. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
