package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.Decimal;
import java.util.Arrays;

/**
 * Reads what {@link RdbWriter} writes, from bytes that anybody may have made: nothing beyond their
 * end is looked at, and no more is allocated than they can stand for. All methods throw an {@link
 * RdbException} where the bytes are not what is asked for.
 */
class RdbReader {
  /** What was read of the bytes: all of them, but for {@link RdbFileInput}. */
  byte[] array;

  /** The next byte, and the end of what was read. */
  int at;

  int end;

  RdbReader(byte[] array, int offset, int length) {
    this.array = array;
    this.at = offset;
    this.end = offset + length;
  }

  RdbType type() {
    RdbType type = RdbType.of((int) unsigned(1));
    if (type == null) {
      throw new RdbException("an unknown type of value");
    }
    return type;
  }

  /** A length, or another number of up to 64 bits without a sign. */
  long length() {
    int first = (int) unsigned(1);
    return switch (first >> 6) {
      case RdbWriter.LENGTH_6_BIT -> first & 0x3F;
      case RdbWriter.LENGTH_14_BIT -> (first & 0x3F) << 8 | unsigned(1);
      default ->
          switch (first) {
            case RdbWriter.LENGTH_32_BIT -> Long.reverseBytes(unsigned(4) << 32);
            case RdbWriter.LENGTH_64_BIT -> Long.reverseBytes(unsigned(8));
            default -> throw new RdbException("not a length");
          };
    };
  }

  /**
   * How many elements follow.
   *
   * @param least how many bytes one takes at least
   */
  int count(int least) {
    long count = length();
    if (count < 0 || count > Math.min(available() / least, Integer.MAX_VALUE)) {
      throw new RdbException("more elements than there are bytes for");
    }
    return (int) count;
  }

  /** As {@link #count}, of a collection that must not be empty. */
  int positiveCount(int least) {
    int count = count(least);
    if (count == 0) {
      throw new RdbException("an empty collection");
    }
    return count;
  }

  /** A string however it is written, in an array of its own. */
  byte[] string() {
    int first = peek();
    if (first >> 6 != RdbWriter.ENCODED) {
      return raw(length());
    }
    at++;
    return switch (first & 0x3F) {
      case RdbWriter.INT_8 -> Decimal.bytes(signed(1));
      case RdbWriter.INT_16 -> Decimal.bytes(signed(2));
      case RdbWriter.INT_32 -> Decimal.bytes(signed(4));
      case RdbWriter.COMPRESSED -> compressed();
      default -> throw new RdbException("an unknown form of string");
    };
  }

  private byte[] compressed() {
    long compressedLength = length();
    long length = length();
    need(compressedLength);
    if (length < 0) {
      throw new RdbException("a string of more than 63 bits");
    }
    byte[] string = Lzf.decompress(array, at, (int) compressedLength, length);
    at += (int) compressedLength;
    return string;
  }

  /** The next bytes as they are. */
  byte[] raw(long length) {
    need(length);
    at += (int) length;
    return Arrays.copyOfRange(array, at - (int) length, at);
  }

  /** A number in so many bytes, the lowest first. */
  long unsigned(int count) {
    need(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (array[at++] & 0xFFL) << (8 * i);
    }
    return value;
  }

  /** As {@link #unsigned}, with a sign. */
  long signed(int count) {
    int unused = Long.SIZE - 8 * count;
    return unsigned(count) << unused >> unused;
  }

  /** How many bytes are left. */
  int remaining() {
    return end - at;
  }

  /** The next byte, which stays the next one. */
  int peek() {
    need(1);
    return array[at] & 0xFF;
  }

  private void need(long count) {
    if (count < 0 || count > end - at) {
      more(count);
    }
  }

  /** Reads on, so that so many bytes are there. */
  void more(long count) {
    throw new RdbException("the bytes end too early");
  }

  /** How many bytes there are, those included that were not read yet. */
  long available() {
    return (long) end - at;
  }
}
