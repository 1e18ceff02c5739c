package io.slotcast.broker.command.string;

import java.util.ArrayList;
import java.util.List;

/**
 * The longest common subsequence of two strings, by the table that Redis fills as well: which
 * subsequence is found where there are several, and in what pieces, is the same. Where the way back
 * through the table turns is all that is kept of it, a bit for each pair of bytes.
 */
final class LongestCommonSubsequence {
  /**
   * Bytes that stand in a row in both strings; ends are included.
   *
   * @param a where they begin in the first string
   * @param b where they begin in the second
   */
  record Match(int a, int b, int length) {}

  private final byte[] a;
  private final byte[] b;

  /** Set for a byte of {@code a} and one of {@code b} where leaving out the latter loses less. */
  private final long[] leavesOutB;

  private final int length;

  /** The strings are taken as they are, and their lengths multiplied give less than 2^37. */
  LongestCommonSubsequence(byte[] a, byte[] b) {
    this.a = a;
    this.b = b;
    this.leavesOutB = new long[(int) (((long) a.length * b.length + Long.SIZE - 1) / Long.SIZE)];
    this.length = fill();
  }

  private int fill() {
    int[] row = new int[b.length + 1];
    for (int i = 0; i < a.length; i++) {
      int diagonal = 0;
      for (int j = 0; j < b.length; j++) {
        int up = row[j + 1];
        int left = row[j];
        if (a[i] == b[j]) {
          row[j + 1] = diagonal + 1;
        } else if (up > left) {
          row[j + 1] = up;
        } else {
          row[j + 1] = left;
          mark(i, j);
        }
        diagonal = up;
      }
    }
    return row[b.length];
  }

  private void mark(int i, int j) {
    long place = (long) i * b.length + j;
    leavesOutB[(int) (place / Long.SIZE)] |= 1L << place % Long.SIZE;
  }

  private boolean isMarked(int i, int j) {
    long place = (long) i * b.length + j;
    return (leavesOutB[(int) (place / Long.SIZE)] >>> place % Long.SIZE & 1) != 0;
  }

  int length() {
    return length;
  }

  /** The subsequence itself. */
  byte[] bytes() {
    byte[] bytes = new byte[length];
    int end = length;
    for (Match match : matches(0)) {
      end -= match.length();
      System.arraycopy(a, match.a(), bytes, end, match.length());
    }
    return bytes;
  }

  /** The pieces in which it stands in both strings and that are so long at least, last first. */
  List<Match> matches(long shortest) {
    List<Match> matches = new ArrayList<>();
    int i = a.length;
    int j = b.length;
    while (i > 0 && j > 0) {
      int run = 0;
      while (i > 0 && j > 0 && a[i - 1] == b[j - 1]) {
        run++;
        i--;
        j--;
      }
      if (run > 0 && run >= shortest) {
        matches.add(new Match(i, j, run));
      }
      if (i > 0 && j > 0) {
        if (isMarked(i - 1, j - 1)) {
          j--;
        } else {
          i--;
        }
      }
    }
    return matches;
  }
}
