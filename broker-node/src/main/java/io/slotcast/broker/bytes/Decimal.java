package io.slotcast.broker.bytes;

/** Integers as decimal digits in bytes, by Redis' strict rules. */
public final class Decimal {
  private Decimal() {}

  /**
   * Whether the slice is a 64-bit integer in its one canonical form: no plus sign, no leading zero,
   * no space, no {@code -0}.
   */
  public static boolean isLong(byte[] array, int offset, int length) {
    if (length == 0 || length > 20) {
      return false;
    }
    int at = offset;
    int end = offset + length;
    boolean negative = array[at] == '-';
    if (negative && ++at == end) {
      return false;
    }
    if (array[at] == '0') {
      return length == 1;
    }
    long value = 0;
    for (; at < end; at++) {
      int digit = array[at] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      // Summed up as a negative number, since the range reaches one further there.
      if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
        return false;
      }
      value = value * 10 - digit;
    }
    return negative || value != Long.MIN_VALUE;
  }

  /** The integer in a slice for which {@link #isLong} holds. */
  public static long toLong(byte[] array, int offset, int length) {
    int at = offset;
    int end = offset + length;
    boolean negative = array[at] == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    for (; at < end; at++) {
      value = value * 10 - (array[at] - '0');
    }
    return negative ? value : -value;
  }

  /** How many characters {@link #write} needs. */
  public static int length(long value) {
    if (value == Long.MIN_VALUE) {
      return 20;
    }
    int sign = value < 0 ? 1 : 0;
    long magnitude = Math.abs(value);
    int digits = 1;
    for (long limit = 10; digits < 19 && magnitude >= limit; limit *= 10) {
      digits++;
    }
    return sign + digits;
  }

  /** Writes the decimal form at {@code at}; returns the position behind it. */
  public static int write(long value, byte[] array, int at) {
    int end = at + length(value);
    int index = end;
    long rest = value < 0 ? value : -value;
    do {
      array[--index] = (byte) ('0' - rest % 10);
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      array[--index] = '-';
    }
    return end;
  }

  /** The decimal form in an array of its own. */
  public static byte[] bytes(long value) {
    byte[] digits = new byte[length(value)];
    write(value, digits, 0);
    return digits;
  }
}
