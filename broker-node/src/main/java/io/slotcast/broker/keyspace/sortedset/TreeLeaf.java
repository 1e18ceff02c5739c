package io.slotcast.broker.keyspace.sortedset;

import io.slotcast.broker.keyspace.sortedset.EntryRange.Bound;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Entries of a {@link ScoreTree}. */
final class TreeLeaf extends TreeNode {
  private static final int CAPACITY = 64;

  /** In places that are not taken. */
  private static final byte[] NOBODY = new byte[0];

  private final double[] scores = new double[CAPACITY];
  private final byte[][] members = new byte[CAPACITY][];
  private int size;

  TreeLeaf() {
    Arrays.fill(members, NOBODY);
  }

  @Override
  int entries() {
    return size;
  }

  @Override
  int width() {
    return size;
  }

  @Override
  int capacity() {
    return CAPACITY;
  }

  @Override
  @Nullable TreeNode insert(double score, byte[] member) {
    int at = indexOf(score, member);
    if (size < CAPACITY) {
      put(at, score, member);
      return null;
    }
    // What comes in ascending order leaves full leaves behind it.
    TreeLeaf next = splitAt(at == size ? size : size / 2);
    if (at <= size && size < CAPACITY) {
      put(at, score, member);
    } else {
      next.put(at - size, score, member);
    }
    return next;
  }

  private void put(int at, double score, byte[] member) {
    System.arraycopy(scores, at, scores, at + 1, size - at);
    System.arraycopy(members, at, members, at + 1, size - at);
    scores[at] = score;
    members[at] = member;
    size++;
  }

  private TreeLeaf splitAt(int index) {
    TreeLeaf next = new TreeLeaf();
    next.take(this, index);
    Arrays.fill(members, index, size, NOBODY);
    size = index;
    return next;
  }

  private void take(TreeLeaf other, int from) {
    System.arraycopy(other.scores, from, scores, size, other.size - from);
    System.arraycopy(other.members, from, members, size, other.size - from);
    size += other.size - from;
  }

  @Override
  byte @Nullable [] remove(double score, byte[] member) {
    int at = indexOf(score, member);
    if (at == size || ScoredMember.compare(scores[at], members[at], score, member) != 0) {
      return null;
    }
    byte[] removed = members[at];
    System.arraycopy(scores, at + 1, scores, at, size - at - 1);
    System.arraycopy(members, at + 1, members, at, size - at - 1);
    members[--size] = NOBODY;
    return removed;
  }

  /** Where the entry stands, or would stand. */
  private int indexOf(double score, byte[] member) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ScoredMember.compare(scores[middle], members[middle], score, member) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  int countBefore(Bound bound) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bound.isReachedBy(scores[middle], members[middle], 0, members[middle].length)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  void forEach(int from, int to, boolean reverse, ScoredMember.Sink sink) {
    for (int i = 0; i < to - from; i++) {
      int at = reverse ? to - 1 - i : from + i;
      sink.accept(members[at], 0, members[at].length, scores[at]);
    }
  }

  @Override
  double firstScore() {
    return scores[0];
  }

  @Override
  byte[] firstMember() {
    return members[0];
  }

  @Override
  void append(TreeNode next, double score, byte[] member) {
    take((TreeLeaf) next, 0);
  }
}
