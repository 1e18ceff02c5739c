package io.slotcast.broker.keyspace.sortedset;

import io.slotcast.broker.keyspace.sortedset.EntryRange.Bound;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries in the order of their scores, then of their members: a B+ tree that counts the entries
 * below each node, so that an entry is found by its rank, and its rank by the entry, in O(log n).
 * Redis has a skip list with spans in its place; here leaves are arrays, so that an entry is no
 * object beyond its member.
 *
 * <p>Nodes split when they are full, go when they are empty, and are joined with one beside them
 * when they are less than a quarter full and there is room.
 *
 * <p>Not safe for concurrent use: its owner states the lock.
 */
final class ScoreTree {
  private TreeNode root = new TreeLeaf();

  int size() {
    return root.entries();
  }

  /** Adds an entry that is not there; the array is kept. */
  void insert(double score, byte[] member) {
    TreeNode splitOff = root.insert(score, member);
    if (splitOff != null) {
      root = new TreeBranch(root, splitOff);
    }
  }

  /** Removes an entry; returns its member as it was stored, or null if it was not there. */
  byte @Nullable [] remove(double score, byte[] member) {
    byte[] removed = root.remove(score, member);
    if (root.entries() == 0) {
      root = new TreeLeaf();
    }
    while (root instanceof TreeBranch branch && branch.width() == 1) {
      root = branch.firstChild();
    }
    return removed;
  }

  /** How many entries stand before the first one that reaches a bound: that one's rank. */
  int countBefore(Bound bound) {
    return root.countBefore(bound);
  }

  /** The rank of an entry that is there. */
  int rank(double score, byte[] member) {
    return countBefore(
        (other, array, offset, length) ->
            other > score
                || (other == score
                    && Arrays.compareUnsigned(
                            array, offset, offset + length, member, 0, member.length)
                        >= 0));
  }

  /** Gives the entries of these ranks, from the last one down if {@code reverse}. */
  void forEach(int from, int to, boolean reverse, ScoredMember.Sink sink) {
    root.forEach(from, to, reverse, sink);
  }
}
