package io.slotcast.broker.keyspace.sortedset;

/**
 * Entries that follow each other in a sorted set.
 *
 * @param from the rank of the first; 0 is the one with the lowest score
 * @param to the rank behind the last
 */
public record Ranks(int from, int to) {
  public static final Ranks NONE = new Ranks(0, 0);

  public int count() {
    return to - from;
  }

  public boolean isEmpty() {
    return from == to;
  }
}
