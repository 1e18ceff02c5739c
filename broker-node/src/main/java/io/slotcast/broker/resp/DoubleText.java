package io.slotcast.broker.resp;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Doubles as Redis prints them: {@code %.17g} cut to the shortest form that reads back the same.
 */
public final class DoubleText {
  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);

  private DoubleText() {}

  /** Whether a text is an infinity as C's strtod reads it. */
  public static boolean isInfinite(String text) {
    return INFINITE.matcher(text).matches();
  }

  /** For example {@code 3}, {@code 0.1}, {@code 1e+21}, {@code inf}, {@code -inf}, {@code nan}. */
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
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    String sign = value < 0 ? "-" : "";
    // The bounds at which printf's %g goes over to scientific notation, for 17 digits.
    if (exponent < -4 || exponent >= 17) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String magnitude =
          Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
      return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + magnitude;
    }
    return shortest.toPlainString();
  }
}
