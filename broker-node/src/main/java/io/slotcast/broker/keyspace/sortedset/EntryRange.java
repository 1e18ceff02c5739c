package io.slotcast.broker.keyspace.sortedset;

import java.util.Arrays;

/**
 * A range of scores, or of members where all scores are the same.
 *
 * @param start reached by the range's first entry and all behind it
 * @param end reached by the first entry behind the range and all behind that
 */
public record EntryRange(Bound start, Bound end) {
  /** A place in the order of entries. */
  interface Bound {
    boolean isReachedBy(double score, byte[] array, int offset, int length);
  }

  public static EntryRange byScore(double min, boolean withoutMin, double max, boolean withoutMax) {
    return new EntryRange(
        (score, array, offset, length) -> withoutMin ? score > min : score >= min,
        (score, array, offset, length) -> withoutMax ? score >= max : score > max);
  }

  public static EntryRange byMember(MemberLimit min, MemberLimit max) {
    return new EntryRange(
        (score, array, offset, length) -> {
          int order = min.compareTo(array, offset, length);
          return order < 0 || (order == 0 && !min.isExcluded());
        },
        (score, array, offset, length) -> {
          int order = max.compareTo(array, offset, length);
          return order < 0 || (order == 0 && max.isExcluded());
        });
  }

  /** One end of a range of members. */
  public sealed interface MemberLimit {
    /** Negative if it is below the member, positive if it is above it. */
    int compareTo(byte[] array, int offset, int length);

    /** Whether the member that it names is outside the range. */
    default boolean isExcluded() {
      return false;
    }

    /** Below all members. */
    record Lowest() implements MemberLimit {
      @Override
      public int compareTo(byte[] array, int offset, int length) {
        return -1;
      }
    }

    /** Above all members. */
    record Highest() implements MemberLimit {
      @Override
      public int compareTo(byte[] array, int offset, int length) {
        return 1;
      }
    }

    /** At a member, which need not be there. */
    record At(byte[] member, boolean isExcluded) implements MemberLimit {
      @Override
      public int compareTo(byte[] array, int offset, int length) {
        return Arrays.compareUnsigned(member, 0, member.length, array, offset, offset + length);
      }
    }
  }
}
