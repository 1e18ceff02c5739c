package io.slotcast.broker.keyspace.string;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;

/**
 * A string. Its array is never written to once it is stored, so that a reader may go on using it
 * after the slot's lock is let go; a change stores another array.
 */
public final class StringValue extends Value {
  /** Up to here Redis packs a string's bytes behind its object's header. */
  private static final int LONGEST_EMBEDDED = 44;

  private byte[] bytes;

  /** Whether the string was changed in place, after which Redis no longer packs it. */
  private boolean raw;

  /** A string over bytes that the caller will not change any more. */
  public StringValue(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** Stores a new string, as SET does. */
  public void set(byte[] newBytes) {
    bytes = newBytes;
    raw = false;
  }

  /** Stores what became of the string, as APPEND and SETRANGE do. */
  public void edit(byte[] newBytes) {
    bytes = newBytes;
    raw = true;
  }

  @Override
  public ValueType type() {
    return ValueType.STRING;
  }

  @Override
  public String encoding() {
    if (raw) {
      return "raw";
    }
    if (Decimal.isLong(bytes, 0, bytes.length)) {
      return "int";
    }
    return bytes.length <= LONGEST_EMBEDDED ? "embstr" : "raw";
  }
}
