package io.slotcast.broker.resp;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as Redis 7.0 prints them: C's {@code %.17g}, which reads back the same and shows what the
 * number really is.
 */
public final class DoubleText {
  /** As many digits as tell every double from its neighbours. */
  private static final MathContext DIGITS = new MathContext(17, RoundingMode.HALF_EVEN);

  private DoubleText() {}

  /**
   * For example {@code 3}, {@code 0.5}, {@code 0.10000000000000001}, {@code 1e+21}, {@code inf},
   * {@code -inf}, {@code nan}.
   */
  public static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e17) {
      return Long.toString((long) value);
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    String digits = rounded.unscaledValue().abs().toString();
    int exponent = digits.length() - rounded.scale() - 1;
    String sign = value < 0 ? "-" : "";
    // The bounds at which printf's %g goes over to scientific notation, for 17 digits.
    if (exponent < -4 || exponent >= 17) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String magnitude =
          Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
      return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + magnitude;
    }
    return rounded.toPlainString();
  }
}
