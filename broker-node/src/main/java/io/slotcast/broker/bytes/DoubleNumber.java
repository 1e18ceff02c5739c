package io.slotcast.broker.bytes;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Doubles as text in bytes, read as C's strtod does: decimal or hexadecimal digits, with or without
 * a fraction and an exponent, {@code inf} or {@code infinity}. What is no number reads as NaN, for
 * NaN itself is nowhere accepted.
 */
public final class DoubleNumber {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d++\\.?\\d*+|\\.\\d++)([eE][+-]?\\d++)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "[+-]?0[xX](\\p{XDigit}++\\.?\\p{XDigit}*+|\\.\\p{XDigit}++)([pP][+-]?\\d++)?");
  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern ZERO = Pattern.compile("[+-]?(0[xX])?[0.]*([eEpP].*)?");

  private DoubleNumber() {}

  /**
   * The number that the whole slice is, by the rules of Redis' string2d: nothing stands before or
   * behind it, and it is neither too large for a double nor so small that only zero is left of it.
   */
  public static double parse(byte[] array, int offset, int length) {
    if (Decimal.isLong(array, offset, length)) {
      return Decimal.toLong(array, offset, length);
    }
    String text = new String(array, offset, length, StandardCharsets.ISO_8859_1);
    double value = number(text);
    boolean overflows = Double.isInfinite(value) && !isInfinite(text);
    boolean vanishes = value == 0 && !ZERO.matcher(text).matches();
    return overflows || vanishes ? Double.NaN : value;
  }

  /**
   * The number that the slice is by the looser rules of a range's end: white space may stand before
   * it, a NUL byte ends it, nothing is zero, and what does not fit becomes infinite or zero.
   */
  public static double parseLoosely(byte[] array, int offset, int length) {
    if (Decimal.isLong(array, offset, length)) {
      return Decimal.toLong(array, offset, length);
    }
    int end = offset;
    while (end < offset + length && array[end] != 0) {
      end++;
    }
    if (end == offset) {
      return 0;
    }
    int start = offset;
    while (start < end && isSpace(array[start])) {
      start++;
    }
    return number(new String(array, start, end - start, StandardCharsets.ISO_8859_1));
  }

  /** Whether a text spells an infinity. */
  public static boolean isInfinite(String text) {
    return INFINITE.matcher(text).matches();
  }

  private static double number(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    if (isInfinite(text)) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (HEXADECIMAL.matcher(text).matches()) {
      boolean hasExponent = text.indexOf('p') >= 0 || text.indexOf('P') >= 0;
      return Double.parseDouble(hasExponent ? text : text + "p0");
    }
    return Double.NaN;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }
}
