package io.slotcast.broker.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The elements of Redis' listpacks: a string or an integer, then its own length, so that one can
 * walk both ways. A whole listpack has a header before them and an end byte behind. Source: Redis'
 * {@code listpack.c} and the listpack specification.
 *
 * <p>The bytes are taken for our own, whose lengths are right; those of others go through {@link
 * #check} first.
 */
public final class Listpack {
  /** The total length in four bytes, the number of elements in two. */
  public static final int HEADER = 6;

  /** Behind the last element. */
  public static final int END = 0xFF;

  /** The number of elements in a header that cannot say how many there are. */
  private static final int UNKNOWN_COUNT = 0xFFFF;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int INT_13_BIT = 0xC0;
  private static final int STRING_12_BIT = 0xE0;
  private static final int STRING_32_BIT = 0xF0;
  private static final int INT_16_BIT = 0xF1;
  private static final int INT_24_BIT = 0xF2;
  private static final int INT_32_BIT = 0xF3;
  private static final int INT_64_BIT = 0xF4;
  private static final int STRING_6_BIT = 0x80;

  private Listpack() {}

  // ---- Whole listpacks ----

  /** Writes the header of a listpack of so many bytes and elements. */
  public static void writeHeader(byte[] to, int at, int bytes, long elements) {
    INT.set(to, at, bytes);
    int count = (int) Math.min(elements, UNKNOWN_COUNT);
    to[at + 4] = (byte) count;
    to[at + 5] = (byte) (count >> 8);
  }

  /** Whether an array that somebody else wrote is one listpack with whole elements. */
  public static boolean isWhole(byte[] bytes) {
    if (bytes.length <= HEADER
        || (int) INT.get(bytes, 0) != bytes.length
        || (bytes[bytes.length - 1] & 0xFF) != END) {
      return false;
    }
    int at = HEADER;
    int count = 0;
    while (at < bytes.length - 1) {
      at = check(bytes, at, bytes.length - 1);
      if (at < 0) {
        return false;
      }
      count++;
    }
    int said = (bytes[4] & 0xFF) | (bytes[5] & 0xFF) << 8;
    return said == UNKNOWN_COUNT || said == count;
  }

  /**
   * The position behind the element at {@code at}, of bytes that somebody else wrote.
   *
   * @return -1 if no whole element stands there that ends at {@code end} or before
   */
  public static int check(byte[] bytes, int at, int end) {
    long size = checkedSize(bytes, at, end);
    if (size < 0 || at + size >= end) {
      return -1;
    }
    int length = (int) size;
    int back = backLengthSize(length);
    if (at + size + back > end) {
      return -1;
    }
    for (int i = 0; i < back; i++) {
      if (bytes[at + length + i] != backLengthByte(length, back, i)) {
        return -1;
      }
    }
    return at + length + back;
  }

  /** How many bytes an element has without its length behind it; -1 if that cannot be told. */
  private static long checkedSize(byte[] bytes, int at, int end) {
    if (at >= end) {
      return -1;
    }
    int first = bytes[at] & 0xFF;
    if (first > INT_64_BIT) {
      return -1;
    } else if (!isString(bytes, at)) {
      return first < 0x80 ? 1 : integerSize(first);
    } else if (stringOffset(bytes, at) > end || stringLength(bytes, at) < 0) {
      return -1;
    }
    return (long) stringOffset(bytes, at) - at + stringLength(bytes, at);
  }

  private static int integerSize(int first) {
    return switch (first) {
      case INT_16_BIT -> 3;
      case INT_24_BIT -> 4;
      case INT_32_BIT -> 5;
      case INT_64_BIT -> 9;
      default -> 2;
    };
  }

  // ---- Sizes ----

  /** How many bytes an integer takes with its length behind it. */
  public static int sizeOf(long value) {
    int encoded = encodedSize(value);
    return encoded + 1;
  }

  private static int encodedSize(long value) {
    if (value >= 0 && value <= 127) {
      return 1;
    } else if (value >= -4096 && value <= 4095) {
      return 2;
    } else if (value == (short) value) {
      return 3;
    } else if (value >= -8_388_608 && value <= 8_388_607) {
      return 4;
    }
    return value == (int) value ? 5 : 9;
  }

  /** How many bytes a string takes, as an integer if it is one. */
  public static int sizeOf(byte[] source, int offset, int length) {
    if (length <= 20 && Decimal.isLong(source, offset, length)) {
      return sizeOf(Decimal.toLong(source, offset, length));
    }
    int size = length + (length < 64 ? 1 : length < 4096 ? 2 : 5);
    return size + backLengthSize(size);
  }

  /** A copy of the string, or the decimal form of the integer. */
  public static byte[] copy(byte[] bytes, int at) {
    if (!isString(bytes, at)) {
      return Decimal.bytes(integer(bytes, at));
    }
    int offset = stringOffset(bytes, at);
    return Arrays.copyOfRange(bytes, offset, offset + stringLength(bytes, at));
  }

  /** How many bytes a string takes at most; less if it is an integer. */
  public static long sizeBound(int length) {
    return length + 10L;
  }

  // ---- Writing; each returns the position behind what it wrote ----

  public static int write(byte[] to, int at, long value) {
    int size = encodedSize(value);
    switch (size) {
      case 1 -> to[at] = (byte) value;
      case 2 -> {
        to[at] = (byte) (INT_13_BIT | ((int) (value >> 8) & 0x1F));
        to[at + 1] = (byte) value;
      }
      case 3 -> writeInteger(to, at, INT_16_BIT, value, 2);
      case 4 -> writeInteger(to, at, INT_24_BIT, value, 3);
      case 5 -> writeInteger(to, at, INT_32_BIT, value, 4);
      default -> writeInteger(to, at, INT_64_BIT, value, 8);
    }
    to[at + size] = (byte) size;
    return at + size + 1;
  }

  private static void writeInteger(byte[] to, int at, int encoding, long value, int bytes) {
    to[at] = (byte) encoding;
    for (int i = 0; i < bytes; i++) {
      to[at + 1 + i] = (byte) (value >> (8 * i));
    }
  }

  /** Writes a string; as an integer if it is one in its canonical form, as Redis does. */
  public static int write(byte[] to, int at, byte[] source, int offset, int length) {
    if (length <= 20 && Decimal.isLong(source, offset, length)) {
      return write(to, at, Decimal.toLong(source, offset, length));
    }
    int position = at;
    if (length < 64) {
      to[position++] = (byte) (STRING_6_BIT | length);
    } else if (length < 4096) {
      to[position++] = (byte) (STRING_12_BIT | (length >> 8));
      to[position++] = (byte) length;
    } else {
      to[position] = (byte) STRING_32_BIT;
      INT.set(to, position + 1, length);
      position += 5;
    }
    System.arraycopy(source, offset, to, position, length);
    position += length;
    return writeBackLength(to, position, position - at);
  }

  /** The length of an element behind it, readable from its end: 7 bits a byte. */
  private static int writeBackLength(byte[] to, int at, int length) {
    int bytes = backLengthSize(length);
    for (int i = 0; i < bytes; i++) {
      to[at + i] = backLengthByte(length, bytes, i);
    }
    return at + bytes;
  }

  private static byte backLengthByte(int length, int bytes, int i) {
    int group = (length >> (7 * (bytes - 1 - i))) & 0x7F;
    return (byte) (i == 0 ? group : group | 0x80);
  }

  private static int backLengthSize(int length) {
    if (length <= 127) {
      return 1;
    } else if (length < 16_383) {
      return 2;
    } else if (length < 2_097_151) {
      return 3;
    }
    return length < 268_435_455 ? 4 : 5;
  }

  // ---- Reading ----

  public static boolean isString(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    return (first >= STRING_6_BIT && first < INT_13_BIT)
        || (first >= STRING_12_BIT && first <= STRING_32_BIT);
  }

  /** Where the bytes of a string begin. */
  public static int stringOffset(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < INT_13_BIT) {
      return at + 1;
    }
    return first == STRING_32_BIT ? at + 5 : at + 2;
  }

  public static int stringLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < INT_13_BIT) {
      return first & 0x3F;
    } else if (first == STRING_32_BIT) {
      return (int) INT.get(bytes, at + 1);
    }
    return ((first & 0x0F) << 8) | (bytes[at + 1] & 0xFF);
  }

  public static long integer(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    return switch (first) {
      case INT_16_BIT -> (short) ((bytes[at + 1] & 0xFF) | (bytes[at + 2] << 8));
      case INT_24_BIT ->
          (bytes[at + 1] & 0xFF) | ((bytes[at + 2] & 0xFF) << 8) | (bytes[at + 3] << 16);
      case INT_32_BIT -> (int) INT.get(bytes, at + 1);
      case INT_64_BIT -> (long) LONG.get(bytes, at + 1);
      default -> (((first & 0x1F) << 27) >> 19) | (bytes[at + 1] & 0xFF);
    };
  }

  /** The position of the element behind the one at {@code at}. */
  public static int skip(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return at + 2;
    } else if (isString(bytes, at)) {
      int size = stringOffset(bytes, at) - at + stringLength(bytes, at);
      return at + size + backLengthSize(size);
    }
    return at + integerSize(first) + 1;
  }

  /** The position of the element that ends before {@code at}. */
  public static int previous(byte[] bytes, int at) {
    int position = at - 1;
    int length = bytes[position] & 0x7F;
    for (int shift = 7; (bytes[position] & 0x80) != 0; shift += 7) {
      length |= (bytes[--position] & 0x7F) << shift;
    }
    return position - length;
  }
}
