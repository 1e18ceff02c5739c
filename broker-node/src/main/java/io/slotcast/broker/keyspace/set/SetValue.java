package io.slotcast.broker.keyspace.set;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A set of byte strings: as sorted integers while all are integers and there are few, else a hash
 * table. Guarded by its slot's lock.
 */
public final class SetValue extends Value {
  private static final Object PRESENT = new Object();

  /** Stands for the table of a set of integers; never written to. */
  private static final ByteMap<Object> NONE = new ByteMap<>();

  private final long maxIntegers;

  /** Null once {@link #table} holds the members. */
  private @Nullable IntSet integers = new IntSet();

  private ByteMap<Object> table = NONE;

  /**
   * @param maxIntegers {@code set-max-intset-entries}
   */
  public SetValue(long maxIntegers) {
    this.maxIntegers = maxIntegers;
  }

  /** The members as Redis packs sorted integers; null if there are others than integers. */
  public byte @Nullable [] packedIntegers() {
    return integers == null ? null : integers.toPacked();
  }

  public int size() {
    return integers != null ? integers.size() : table.size();
  }

  public boolean contains(byte[] member) {
    return contains(member, 0, member.length);
  }

  public boolean contains(byte[] array, int offset, int length) {
    if (integers == null) {
      return table.get(array, offset, length) != null;
    }
    return Decimal.isLong(array, offset, length)
        && integers.contains(Decimal.toLong(array, offset, length));
  }

  /** Adds a copy of a member; returns whether it was not there. */
  public boolean add(byte[] array, int offset, int length) {
    if (integers != null) {
      if (Decimal.isLong(array, offset, length)) {
        boolean added = integers.add(Decimal.toLong(array, offset, length));
        if (integers.size() > maxIntegers) {
          becomeTable(integers);
        }
        return added;
      }
      becomeTable(integers);
    }
    return table.put(array, offset, length, PRESENT) == null;
  }

  public boolean add(byte[] member) {
    return add(member, 0, member.length);
  }

  /** Removes a member; returns whether it was there. */
  public boolean remove(byte[] array, int offset, int length) {
    if (integers == null) {
      return table.remove(array, offset, length) != null;
    }
    return Decimal.isLong(array, offset, length)
        && integers.remove(Decimal.toLong(array, offset, length));
  }

  public boolean remove(byte[] member) {
    return remove(member, 0, member.length);
  }

  /** Calls {@code action} with each member, integers in ascending order. */
  public void forEach(Consumer<byte[]> action) {
    if (integers == null) {
      table.forEach((member, present) -> action.accept(member));
    } else {
      for (int i = 0; i < integers.size(); i++) {
        action.accept(Decimal.bytes(integers.get(i)));
      }
    }
  }

  /** All members, integers in ascending order; the arrays are not to be changed. */
  public List<byte[]> members() {
    List<byte[]> members = new ArrayList<>(size());
    forEach(members::add);
    return members;
  }

  /** A member of a set that is not empty, each as likely as the others. */
  public byte[] random(RandomGenerator random) {
    if (integers != null) {
      return Decimal.bytes(integers.get(random.nextInt(integers.size())));
    }
    byte[] member;
    do {
      member = table.keyAt(random.nextInt(table.buckets()));
    } while (member == null);
    return member;
  }

  /**
   * Calls {@code action} with the members behind a cursor; returns the next one, 0 at the end. Few
   * integers come all at once.
   */
  public long scan(long cursor, Consumer<byte[]> action) {
    if (integers != null) {
      forEach(action);
      return 0;
    }
    return table.scan(cursor, (member, present) -> action.accept(member));
  }

  private void becomeTable(IntSet from) {
    ByteMap<Object> all = new ByteMap<>();
    for (int i = 0; i < from.size(); i++) {
      all.put(Decimal.bytes(from.get(i)), PRESENT);
    }
    table = all;
    integers = null;
  }

  @Override
  public long footprint(long samples) {
    long own = Footprint.object(commonFields() + Long.BYTES + 2 * Footprint.REFERENCE);
    return own + (integers != null ? integers.footprint() : table.footprint(samples, present -> 0));
  }

  @Override
  public ValueType type() {
    return ValueType.SET;
  }

  @Override
  public String encoding() {
    return integers != null ? "intset" : "hashtable";
  }
}
