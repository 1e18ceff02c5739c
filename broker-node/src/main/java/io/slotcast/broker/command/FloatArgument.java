package io.slotcast.broker.command;

import io.slotcast.broker.bytes.ExtendedDouble;
import io.slotcast.broker.resp.DoubleText;
import io.slotcast.broker.resp.Request;
import java.math.BigDecimal;

/** Numbers with a fraction among a command's arguments, and sums of them. */
public final class FloatArgument {
  private FloatArgument() {}

  /** What INCRBYFLOAT and HINCRBYFLOAT add. */
  public static BigDecimal extended(Call call, int i) {
    Request request = call.request();
    BigDecimal value = ExtendedDouble.parse(request.array(), request.offset(i), request.length(i));
    if (value == null) {
      boolean isInfinite = DoubleText.isInfinite(request.text(i));
      throw isInfinite ? new CommandException("ERR value is NaN or Infinity") : notAFloat();
    }
    return value;
  }

  /** A sum as it is stored and replied. */
  public static byte[] sum(BigDecimal number, BigDecimal amount) {
    BigDecimal sum = ExtendedDouble.add(number, amount);
    if (!ExtendedDouble.isFinite(sum)) {
      throw new CommandException("ERR increment would produce NaN or Infinity");
    }
    return ExtendedDouble.text(sum);
  }

  private static CommandException notAFloat() {
    return new CommandException("ERR value is not a valid float");
  }
}
