package io.slotcast.broker.keyspace.sortedset;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A member and its score.
 *
 * @param member not to be changed
 * @param score not NaN
 */
public record ScoredMember(byte[] member, double score) {
  /** By score, which of 0 and -0 is the same; then by the members' bytes, without a sign. */
  public static final Comparator<ScoredMember> ORDER =
      (a, b) -> compare(a.score, a.member, b.score, b.member);

  static int compare(double score, byte[] member, double otherScore, byte[] otherMember) {
    if (score != otherScore) {
      return score < otherScore ? -1 : 1;
    }
    return Arrays.compareUnsigned(member, otherMember);
  }

  /** Takes entries; the slice is not to be changed, nor to be kept. */
  public interface Sink {
    void accept(byte[] array, int offset, int length, double score);
  }
}
