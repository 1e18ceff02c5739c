package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.Decimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lengths, strings and numbers that values in the RDB format are made of. Source: {@code
 * rdb.c} of Redis 7.0.
 */
final class RdbWriter {
  static final int LENGTH_6_BIT = 0;
  static final int LENGTH_14_BIT = 1;
  static final int LENGTH_32_BIT = 0x80;
  static final int LENGTH_64_BIT = 0x81;

  /** The upper two bits of a string that is not written as it is; the lower ones say how it is. */
  static final int ENCODED = 3;

  static final int INT_8 = 0;
  static final int INT_16 = 1;
  static final int INT_32 = 2;
  static final int COMPRESSED = 3;

  /** A longer string is not looked at for a number. */
  private static final int LONGEST_NUMBER = 11;

  /** A shorter string is not compressed. */
  private static final int SHORTEST_COMPRESSED = 21;

  private static final int LARGEST = Integer.MAX_VALUE - 64;

  private final boolean compresses;

  /** Made when there is something to compress. */
  private @Nullable Lzf lzf;

  private byte @Nullable [] key;
  private int version = RdbVersion.WRITTEN;
  private byte[] bytes = new byte[128];
  private int size;

  /**
   * @param compresses {@code rdbcompression}
   */
  RdbWriter(boolean compresses) {
    this.compresses = compresses;
  }

  /** The version of the format in which all that was written is known. */
  int version() {
    return version;
  }

  /** The next value is written as that of a key, which stands behind the value's type. */
  void keyOfNext(byte[] nextKey) {
    key = nextKey;
  }

  void type(RdbType type) {
    version = Math.max(version, RdbVersion.of(type));
    unsigned(type.code(), 1);
    if (key != null) {
      string(key);
      key = null;
    }
  }

  /** How many bytes were written. */
  int size() {
    return size;
  }

  /** Begins again; the version stays. */
  void clear() {
    size = 0;
  }

  /** A length, or another number of up to 64 bits without a sign. */
  void length(long value) {
    if (value >= 0 && value < 1 << 6) {
      unsigned(LENGTH_6_BIT << 6 | value, 1);
    } else if (value >= 0 && value < 1 << 14) {
      unsigned(LENGTH_14_BIT << 6 | value >> 8, 1);
      unsigned(value, 1);
    } else if (value >>> 32 == 0) {
      unsigned(LENGTH_32_BIT, 1);
      unsigned(Long.reverseBytes(value) >>> 32, 4);
    } else {
      unsigned(LENGTH_64_BIT, 1);
      unsigned(Long.reverseBytes(value), 8);
    }
  }

  void string(byte[] string) {
    string(string, 0, string.length);
  }

  /** A string: as a number if it is one of 32 bits, or compressed if that is shorter. */
  void string(byte[] array, int offset, int length) {
    if (length <= LONGEST_NUMBER && Decimal.isLong(array, offset, length)) {
      long number = Decimal.toLong(array, offset, length);
      if (number == (int) number) {
        number((int) number);
        return;
      }
    }
    if (compresses && length >= SHORTEST_COMPRESSED) {
      Lzf compressor = lzf == null ? new Lzf() : lzf;
      lzf = compressor;
      byte[] shorter = compressor.compress(array, offset, length);
      if (shorter != null) {
        unsigned(ENCODED << 6 | COMPRESSED, 1);
        length(shorter.length);
        length(length);
        raw(shorter, 0, shorter.length);
        return;
      }
    }
    length(length);
    raw(array, offset, length);
  }

  private void number(int value) {
    if (value == (byte) value) {
      unsigned(ENCODED << 6 | INT_8, 1);
      unsigned(value, 1);
    } else if (value == (short) value) {
      unsigned(ENCODED << 6 | INT_16, 1);
      unsigned(value, 2);
    } else {
      unsigned(ENCODED << 6 | INT_32, 1);
      unsigned(value, 4);
    }
  }

  /** The lowest bytes of a number, the lowest first. */
  void unsigned(long value, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      bytes[size++] = (byte) (value >>> (8 * i));
    }
  }

  /** Bytes as they are, without a length. */
  void raw(byte[] array, int offset, int length) {
    reserve(length);
    System.arraycopy(array, offset, bytes, size, length);
    size += length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      if (more > LARGEST - size) {
        throw new RdbException("more than two gigabytes");
      }
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(Math.max(bytes.length * 2L, size + more), LARGEST));
    }
  }

  /** The checksum of all that was written. */
  long checksum() {
    return Crc64.of(bytes, 0, size);
  }

  /** Reads what was written. */
  RdbReader toReader() {
    return new RdbReader(bytes, 0, size);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }
}
