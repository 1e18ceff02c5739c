package io.slotcast.broker.keyspace.sortedset;

import io.slotcast.broker.keyspace.sortedset.EntryRange.Bound;
import org.jspecify.annotations.Nullable;

/** A part of a {@link ScoreTree}: entries that follow each other. */
abstract sealed class TreeNode permits TreeLeaf, TreeBranch {
  /** How many entries there are below. */
  abstract int entries();

  /** How many places of the node are taken, and how many it has. */
  abstract int width();

  abstract int capacity();

  /** Adds an entry that is not there; returns what had to be split off behind this node. */
  abstract @Nullable TreeNode insert(double score, byte[] member);

  /** Removes an entry; returns its member as it was stored, or null if it was not there. */
  abstract byte @Nullable [] remove(double score, byte[] member);

  /** How many entries do not reach a bound. */
  abstract int countBefore(Bound bound);

  /** Gives the entries of these ranks, from the last one down if {@code reverse}. */
  abstract void forEach(int from, int to, boolean reverse, ScoredMember.Sink sink);

  /** The first entry; there must be one. */
  abstract double firstScore();

  abstract byte[] firstMember();

  /**
   * Takes over what is in the node behind this one, of the same height; there must be room.
   *
   * @param score of an entry that is behind all here and not behind any there
   */
  abstract void append(TreeNode next, double score, byte[] member);
}
