package io.slotcast.broker.keyspace.stream;

import io.slotcast.broker.bytes.Decimal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The elements of Redis' listpacks: a string or an integer, then its own length, so that one can
 * walk both ways. Source: Redis' {@code listpack.c} and the listpack specification. Lengths are
 * checked by nobody here: the bytes are our own.
 */
final class Listpack {
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

  // ---- Sizes ----

  /** How many bytes an integer takes with its length behind it. */
  static int sizeOf(long value) {
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

  /** How many bytes a string takes at most; less if it is an integer. */
  static long sizeBound(int length) {
    return length + 10L;
  }

  // ---- Writing; each returns the position behind what it wrote ----

  static int write(byte[] to, int at, long value) {
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
  static int write(byte[] to, int at, byte[] source, int offset, int length) {
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
    to[at] = (byte) (length >> (7 * (bytes - 1)));
    for (int i = 1; i < bytes; i++) {
      to[at + i] = (byte) (((length >> (7 * (bytes - 1 - i))) & 0x7F) | 0x80);
    }
    return at + bytes;
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

  static boolean isString(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    return (first >= STRING_6_BIT && first < INT_13_BIT)
        || (first >= STRING_12_BIT && first <= STRING_32_BIT);
  }

  /** Where the bytes of a string begin. */
  static int stringOffset(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < INT_13_BIT) {
      return at + 1;
    }
    return first == STRING_32_BIT ? at + 5 : at + 2;
  }

  static int stringLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < INT_13_BIT) {
      return first & 0x3F;
    } else if (first == STRING_32_BIT) {
      return (int) INT.get(bytes, at + 1);
    }
    return ((first & 0x0F) << 8) | (bytes[at + 1] & 0xFF);
  }

  static long integer(byte[] bytes, int at) {
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
  static int skip(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return at + 2;
    } else if (isString(bytes, at)) {
      int size = stringOffset(bytes, at) - at + stringLength(bytes, at);
      return at + size + backLengthSize(size);
    }
    return switch (first) {
      case INT_16_BIT -> at + 4;
      case INT_24_BIT -> at + 5;
      case INT_32_BIT -> at + 6;
      case INT_64_BIT -> at + 10;
      default -> at + 3;
    };
  }

  /** The position of the element that ends before {@code at}. */
  static int previous(byte[] bytes, int at) {
    int position = at - 1;
    int length = bytes[position] & 0x7F;
    for (int shift = 7; (bytes[position] & 0x80) != 0; shift += 7) {
      length |= (bytes[--position] & 0x7F) << shift;
    }
    return position - length;
  }
}
