package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.DoubleNumber;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;

/** Sorted sets: members and scores in turn, in one listpack or each by itself. */
final class SortedSetFormat {
  private static final int LONGEST_NUMBER = 255;

  /** In the oldest layout these stand for a score, instead of its length. */
  private static final int NAN = 253;

  private static final int INFINITY = 254;
  private static final int MINUS_INFINITY = 255;

  private final SortedSetValue.Limits limits;

  SortedSetFormat(SortedSetValue.Limits limits) {
    this.limits = limits;
  }

  // ---- Writing ----

  static void write(SortedSetValue set, RdbWriter out) {
    if (set.isPacked()) {
      out.type(RdbType.SORTED_SET_LISTPACK);
      ListpackWriter packed = new ListpackWriter();
      set.forEach(
          set.all(),
          false,
          (array, offset, length, score) -> {
            packed.add(array, offset, length);
            packed.add(SortedSetValue.packedText(score));
          });
      packed.writeTo(out);
      return;
    }
    out.type(RdbType.SORTED_SET_2);
    out.length(set.size());
    set.forEach(
        set.all(),
        true,
        (array, offset, length, score) -> {
          out.string(array, offset, length);
          out.unsigned(Double.doubleToRawLongBits(score), Double.BYTES);
        });
  }

  // ---- Reading ----

  SortedSetValue read(RdbType type, RdbReader in) {
    SortedSetValue set = new SortedSetValue(limits);
    switch (type) {
      case SORTED_SET -> {
        for (int left = in.positiveCount(2); left > 0; left--) {
          add(set, in.string(), oldScore(in));
        }
      }
      case SORTED_SET_2 -> {
        for (int left = in.positiveCount(1 + Double.BYTES); left > 0; left--) {
          add(set, in.string(), Double.longBitsToDouble(in.unsigned(Double.BYTES)));
        }
      }
      case SORTED_SET_ZIPLIST -> addAll(set, new ZiplistElements(in.string()));
      default -> addAll(set, new ListpackElements(in.string()));
    }
    if (set.size() == 0) {
      throw new RdbException("an empty sorted set");
    }
    return set;
  }

  private static double oldScore(RdbReader in) {
    int length = (int) in.unsigned(1);
    return switch (length) {
      case NAN -> Double.NaN;
      case INFINITY -> Double.POSITIVE_INFINITY;
      case MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
      default -> score(in.raw(length));
    };
  }

  private static void addAll(SortedSetValue set, PackedElements pairs) {
    while (pairs.hasNext()) {
      add(set, pairs.next(), score(pairs.next()));
    }
  }

  private static double score(byte[] bytes) {
    return bytes.length > LONGEST_NUMBER ? Double.NaN : DoubleNumber.parse(bytes, 0, bytes.length);
  }

  private static void add(SortedSetValue set, byte[] member, double score) {
    if (Double.isNaN(score) || !Double.isNaN(set.score(member, 0, member.length))) {
      throw new RdbException("a member twice, or not a score");
    }
    set.put(member, 0, member.length, score);
  }
}
