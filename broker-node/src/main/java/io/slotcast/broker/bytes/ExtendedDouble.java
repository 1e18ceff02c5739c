package io.slotcast.broker.bytes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The x86 processor's 80-bit floating point, in which Redis computes INCRBYFLOAT and HINCRBYFLOAT:
 * a mantissa of 64 bits. Numbers are {@link BigDecimal}s that hold such a value exactly.
 */
public final class ExtendedDouble {
  private static final int MANTISSA_BITS = 64;
  private static final int FRACTION_DIGITS = 17;

  /** Beyond it no number is written down; 80 bits reach to 1e4932. */
  private static final int GREATEST_EXPONENT = 4932;

  private ExtendedDouble() {}

  /** The number in a text as strtold reads it; null if it is none, or not finite. */
  public static @Nullable BigDecimal parse(byte[] array, int offset, int length) {
    if (length == 0 || length > 5 * 1024) {
      return null;
    }
    String text = new String(array, offset, length, StandardCharsets.ISO_8859_1);
    try {
      BigDecimal exact = new BigDecimal(text);
      if (exact.signum() == 0) {
        return BigDecimal.ZERO;
      }
      long exponent = (long) exact.precision() - exact.scale();
      return Math.abs(exponent) > GREATEST_EXPONENT ? null : rounded(exact);
    } catch (NumberFormatException invalid) {
      return null;
    }
  }

  /** The sum, rounded as the processor does. */
  public static BigDecimal add(BigDecimal a, BigDecimal b) {
    return rounded(a.add(b));
  }

  /** Whether the sum of two numbers is still one. */
  public static boolean isFinite(BigDecimal value) {
    return value.signum() == 0 || value.precision() - value.scale() <= GREATEST_EXPONENT;
  }

  /**
   * With up to 17 digits behind the point, and no zeros at their end: Redis' human-friendly form.
   */
  public static byte[] text(BigDecimal value) {
    BigDecimal fixed = value.setScale(FRACTION_DIGITS, RoundingMode.HALF_EVEN);
    String text = fixed.signum() == 0 ? "0" : fixed.stripTrailingZeros().toPlainString();
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The nearest number of 64 bits, to even where two are as near. */
  private static BigDecimal rounded(BigDecimal exact) {
    if (exact.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int shift = MANTISSA_BITS - bitsBeforePoint(exact.abs());
    BigDecimal scaled = scale(exact, shift).setScale(0, RoundingMode.HALF_EVEN);
    return scale(scaled, -shift).stripTrailingZeros();
  }

  /** n where 2^(n-1) ≤ value < 2^n. */
  private static int bitsBeforePoint(BigDecimal value) {
    BigInteger whole = value.toBigInteger();
    if (whole.signum() > 0) {
      return whole.bitLength();
    }
    int shift = (int) ((value.scale() - value.precision() + 1) * 3.33) + MANTISSA_BITS;
    return scale(value, shift).toBigInteger().bitLength() - shift;
  }

  private static BigDecimal scale(BigDecimal value, int powerOfTwo) {
    BigDecimal factor = new BigDecimal(BigInteger.TWO.pow(Math.abs(powerOfTwo)));
    // A power of two divides a decimal without a remainder.
    return powerOfTwo >= 0 ? value.multiply(factor) : value.divide(factor);
  }
}
