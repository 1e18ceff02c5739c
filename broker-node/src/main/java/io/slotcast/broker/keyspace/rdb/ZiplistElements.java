package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.Decimal;

/**
 * The elements of a ziplist, into which Redis before 7.0 packed what listpacks hold today. Source:
 * the comment in {@code ziplist.c}.
 */
final class ZiplistElements implements PackedElements {
  private static final int END = 0xFF;

  /** Instead of the length of the element before, which four bytes hold then. */
  private static final int LONG_PREVIOUS = 254;

  private static final int UNKNOWN_COUNT = 0xFFFF;

  private final RdbReader in;
  private final long count;
  private long seen;
  private long previousSize;

  ZiplistElements(byte[] ziplist) {
    in = new RdbReader(ziplist, 0, ziplist.length);
    if (in.unsigned(4) != ziplist.length) {
      throw malformed();
    }
    long tail = in.unsigned(4);
    if (tail >= ziplist.length) {
      throw malformed();
    }
    count = in.unsigned(2);
  }

  @Override
  public boolean hasNext() {
    if (in.peek() != END) {
      return true;
    }
    if (in.remaining() != 1 || (count != UNKNOWN_COUNT && count != seen)) {
      throw malformed();
    }
    return false;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw malformed();
    }
    int before = in.remaining();
    long previous = in.unsigned(1);
    if (previous == LONG_PREVIOUS) {
      previous = in.unsigned(4);
    }
    if (previous != previousSize) {
      throw malformed();
    }
    byte[] element = element((int) in.unsigned(1));
    seen++;
    previousSize = (long) before - in.remaining();
    return element;
  }

  private byte[] element(int encoding) {
    return switch (encoding >> 6) {
      case 0 -> in.raw(encoding & 0x3F);
      case 1 -> in.raw((encoding & 0x3FL) << 8 | in.unsigned(1));
      case 2 -> in.raw(Long.reverseBytes(in.unsigned(4)) >>> 32);
      default -> Decimal.bytes(integer(encoding));
    };
  }

  private long integer(int encoding) {
    return switch (encoding) {
      case 0xC0 -> in.signed(2);
      case 0xD0 -> in.signed(4);
      case 0xE0 -> in.signed(8);
      case 0xF0 -> in.signed(3);
      case 0xFE -> in.signed(1);
      default -> {
        // The number itself plus one, from 0 to 12.
        int number = (encoding & 0x0F) - 1;
        if (encoding < 0xF0 || number > 12) {
          throw malformed();
        }
        yield number;
      }
    };
  }

  private static RdbException malformed() {
    return new RdbException("not a ziplist");
  }
}
