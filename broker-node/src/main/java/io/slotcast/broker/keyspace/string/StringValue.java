package io.slotcast.broker.keyspace.string;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import java.util.Arrays;

/**
 * A string. A short one is overwritten in place by another of its length, which spares the garbage
 * collector most of the work of a steady load, so it is to be read under the slot's lock. A longer
 * one's array is never written to once it is stored.
 *
 * <p>It is marked where it was changed in place, after which Redis no longer packs it.
 */
public final class StringValue extends Value {
  /** Up to here Redis packs a string's bytes behind its object's header. */
  private static final int LONGEST_EMBEDDED = 44;

  private byte[] bytes;

  /** Up to here a string is overwritten in place. */
  static final int LONGEST_OVERWRITTEN = 1024;

  /** A string over bytes that the caller will not change any more. */
  public StringValue(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes; not to be changed, and to be used under the slot's lock. */
  public byte[] bytes() {
    return bytes;
  }

  /** A string over a copy of a slice. */
  public static StringValue copyOf(byte[] source, int offset, int length) {
    return new StringValue(Arrays.copyOfRange(source, offset, offset + length));
  }

  /** A string of its own with the same bytes, stored as these are. */
  public StringValue copy() {
    StringValue copy = new StringValue(bytes.clone());
    copy.mark(isMarked());
    return copy;
  }

  /** Stores a copy of a slice, as SET does. */
  public void set(byte[] source, int offset, int length) {
    if (length == bytes.length && length <= LONGEST_OVERWRITTEN) {
      System.arraycopy(source, offset, bytes, 0, length);
    } else {
      bytes = Arrays.copyOfRange(source, offset, offset + length);
    }
    mark(false);
  }

  /** Stores what became of the string, as APPEND and SETRANGE do. */
  public void edit(byte[] newBytes) {
    bytes = newBytes;
    mark(true);
  }

  @Override
  public long footprint(long samples) {
    return Footprint.object(commonFields() + Footprint.REFERENCE) + Footprint.array(bytes.length);
  }

  @Override
  public ValueType type() {
    return ValueType.STRING;
  }

  @Override
  public String encoding() {
    if (isMarked()) {
      return "raw";
    }
    if (Decimal.isLong(bytes, 0, bytes.length)) {
      return "int";
    }
    return bytes.length <= LONGEST_EMBEDDED ? "embstr" : "raw";
  }
}
