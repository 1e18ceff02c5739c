package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.keyspace.set.SetValue;
import java.util.List;

/** Sets: sorted integers in one string, or member by member. */
final class SetFormat {
  /** How wide an integer is in bytes, and how many there are; in four bytes each. */
  private static final int INTSET_HEADER = 8;

  /** {@code set-max-intset-entries}. */
  private final long maxIntegers;

  SetFormat(long maxIntegers) {
    this.maxIntegers = maxIntegers;
  }

  static void write(SetValue set, RdbWriter out) {
    byte[] integers = set.packedIntegers();
    if (integers != null) {
      out.type(RdbType.SET_INTSET);
      out.string(integers);
      return;
    }
    out.type(RdbType.SET);
    out.length(set.size());
    set.forEach(out::string);
  }

  SetValue read(RdbType type, RdbReader in) {
    SetValue set = new SetValue(maxIntegers);
    switch (type) {
      case SET -> {
        for (int left = in.positiveCount(1); left > 0; left--) {
          add(set, in.string());
        }
      }
      case SET_INTSET -> addIntegers(set, in.string());
      default -> {
        PackedElements members = new ListpackElements(in.string());
        while (members.hasNext()) {
          add(set, members.next());
        }
      }
    }
    if (set.size() == 0) {
      throw new RdbException("an empty set");
    }
    return set;
  }

  private static void addIntegers(SetValue set, byte[] intset) {
    RdbReader in = new RdbReader(intset, 0, intset.length);
    long width = in.unsigned(4);
    long count = in.unsigned(4);
    if (!List.of(2L, 4L, 8L).contains(width) || count * width != intset.length - INTSET_HEADER) {
      throw new RdbException("not a set of integers");
    }
    for (long left = count; left > 0; left--) {
      add(set, Decimal.bytes(in.signed((int) width)));
    }
  }

  private static void add(SetValue set, byte[] member) {
    if (!set.add(member)) {
      throw new RdbException("a member twice");
    }
  }
}
