package io.slotcast.broker.command;

import io.slotcast.broker.bytes.DoubleNumber;
import io.slotcast.broker.bytes.ExtendedDouble;
import io.slotcast.broker.resp.Request;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Numbers with a fraction among a command's arguments, and sums of them. */
public final class FloatArgument {
  private static final String INFINITE_SUM = "ERR increment would produce NaN or Infinity";

  private FloatArgument() {}

  /** What HINCRBYFLOAT adds, which must be finite. */
  public static BigDecimal finite(Call call, int i) {
    Request request = call.request();
    return parse(
        request.array(), request.offset(i), request.length(i), "ERR value is NaN or Infinity");
  }

  /** One of the two numbers that INCRBYFLOAT adds; an infinite one is told as the sum's fault. */
  public static BigDecimal summand(byte[] text) {
    return parse(text, 0, text.length, INFINITE_SUM);
  }

  /** A sorted set's score: a double, perhaps infinite, but a number. */
  public static double score(Call call, int i) {
    Request request = call.request();
    double value = DoubleNumber.parse(request.array(), request.offset(i), request.length(i));
    if (Double.isNaN(value)) {
      throw notAFloat();
    }
    return value;
  }

  /** A sum as it is stored and replied. */
  public static byte[] sum(BigDecimal number, BigDecimal amount) {
    BigDecimal sum = ExtendedDouble.add(number, amount);
    if (!ExtendedDouble.isFinite(sum)) {
      throw new CommandException(INFINITE_SUM);
    }
    return ExtendedDouble.text(sum);
  }

  private static BigDecimal parse(byte[] text, int offset, int length, String whenInfinite) {
    BigDecimal value = ExtendedDouble.parse(text, offset, length);
    if (value == null) {
      boolean isInfinite =
          DoubleNumber.isInfinite(new String(text, offset, length, StandardCharsets.ISO_8859_1));
      throw isInfinite ? new CommandException(whenInfinite) : notAFloat();
    }
    return value;
  }

  private static CommandException notAFloat() {
    return new CommandException("ERR value is not a valid float");
  }
}
