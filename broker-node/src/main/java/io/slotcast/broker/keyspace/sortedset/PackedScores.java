package io.slotcast.broker.keyspace.sortedset;

import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.bytes.PackedEntries;
import io.slotcast.broker.keyspace.sortedset.EntryRange.Bound;
import java.util.Arrays;

/**
 * A few members with their scores in ascending order, in one array: each member is followed by its
 * score. As in Redis' listpack, an integer takes no more bytes than it needs, and -0 becomes 0.
 *
 * <p>Not safe for concurrent use: its owner states the lock.
 */
final class PackedScores {
  private static final int NOT_FOUND = -1;

  /** Integers below 2^54 take seven bytes at most, so that eight bytes are a double's. */
  private static final long INTEGERS = 1L << 54;

  private final PackedEntries entries = new PackedEntries();
  private int size;

  int size() {
    return size;
  }

  long footprint() {
    return Footprint.object(Footprint.REFERENCE + Integer.BYTES) + entries.footprint();
  }

  /** A member's score; NaN if it is not there. */
  double score(byte[] array, int offset, int length) {
    int member = find(array, offset, length);
    return member == NOT_FOUND ? Double.NaN : scoreAt(entries.next(member));
  }

  /** A member's rank; -1 if it is not there. */
  int rank(byte[] array, int offset, int length) {
    int rank = 0;
    for (int at = 0; at < entries.end(); at = behind(at)) {
      if (entries.equals(at, array, offset, length)) {
        return rank;
      }
      rank++;
    }
    return -1;
  }

  /** Adds a member that is not there. */
  void insert(double score, byte[] array, int offset, int length) {
    int at = 0;
    while (at < entries.end() && isBefore(at, score, array, offset, length)) {
      at = behind(at);
    }
    int behind = entries.insert(at, array, offset, length);
    byte[] encoded = encoded(score);
    entries.insert(behind, encoded, 0, encoded.length);
    size++;
  }

  private boolean isBefore(int entry, double score, byte[] array, int offset, int length) {
    double other = scoreAt(entries.next(entry));
    if (other != score) {
      return other < score;
    }
    int start = entries.start(entry);
    int end = start + entries.length(entry);
    return Arrays.compareUnsigned(entries.array(), start, end, array, offset, offset + length) < 0;
  }

  /** Removes a member; returns whether it was there. */
  boolean remove(byte[] array, int offset, int length) {
    int member = find(array, offset, length);
    if (member == NOT_FOUND) {
      return false;
    }
    entries.remove(member, behind(member));
    size--;
    return true;
  }

  void remove(Ranks ranks) {
    int from = offset(ranks.from());
    int to = from;
    for (int i = 0; i < ranks.count(); i++) {
      to = behind(to);
    }
    entries.remove(from, to);
    size -= ranks.count();
  }

  /** Gives the entries of these ranks, from the last one down if {@code reverse}. */
  void forEach(int from, int to, boolean reverse, ScoredMember.Sink sink) {
    int at = offset(from);
    if (!reverse) {
      for (int i = from; i < to; i++) {
        give(at, sink);
        at = behind(at);
      }
      return;
    }
    int[] offsets = new int[to - from];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      at = behind(at);
    }
    for (int i = offsets.length - 1; i >= 0; i--) {
      give(offsets[i], sink);
    }
  }

  private void give(int member, ScoredMember.Sink sink) {
    double score = scoreAt(entries.next(member));
    sink.accept(entries.array(), entries.start(member), entries.length(member), score);
  }

  /** How many entries stand before the first one that reaches a bound. */
  int countBefore(Bound bound) {
    int count = 0;
    for (int at = 0; at < entries.end(); at = behind(at)) {
      double score = scoreAt(entries.next(at));
      if (bound.isReachedBy(score, entries.array(), entries.start(at), entries.length(at))) {
        break;
      }
      count++;
    }
    return count;
  }

  private int find(byte[] array, int offset, int length) {
    for (int at = 0; at < entries.end(); at = behind(at)) {
      if (entries.equals(at, array, offset, length)) {
        return at;
      }
    }
    return NOT_FOUND;
  }

  private int offset(int rank) {
    int at = 0;
    for (int i = 0; i < rank; i++) {
      at = behind(at);
    }
    return at;
  }

  /** The member behind this one. */
  private int behind(int member) {
    return entries.next(entries.next(member));
  }

  private double scoreAt(int entry) {
    int start = entries.start(entry);
    int length = entries.length(entry);
    byte[] array = entries.array();
    if (length == Double.BYTES) {
      long bits = 0;
      for (int i = 0; i < length; i++) {
        bits |= (array[start + i] & 0xFFL) << (8 * i);
      }
      return Double.longBitsToDouble(bits);
    }
    long integer = array[start + length - 1];
    for (int i = length - 2; i >= 0; i--) {
      integer = integer << 8 | (array[start + i] & 0xFF);
    }
    return integer;
  }

  /** The lowest byte first. */
  private static byte[] encoded(double score) {
    long integer = (long) score;
    boolean isInteger = integer == score && -INTEGERS < integer && integer < INTEGERS;
    int length = isInteger ? (signedBits(integer) + 7) / 8 : Double.BYTES;
    long bits = isInteger ? integer : Double.doubleToRawLongBits(score);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (bits >> (8 * i));
    }
    return bytes;
  }

  /** How many bits an integer takes, its sign included. */
  private static int signedBits(long integer) {
    return Long.SIZE + 1 - Long.numberOfLeadingZeros(integer < 0 ? ~integer : integer);
  }
}
