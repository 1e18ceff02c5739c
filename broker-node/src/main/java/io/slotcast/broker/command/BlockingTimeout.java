package io.slotcast.broker.command;

import io.slotcast.broker.bytes.DoubleNumber;
import io.slotcast.broker.resp.Request;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** The argument that says for how many seconds a command waits: a decimal number, 0 for ever. */
public final class BlockingTimeout {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private BlockingTimeout() {}

  /**
   * In milliseconds, part of one counting as a whole.
   *
   * @throws CommandException in Redis' words if it is no number, negative or too large
   */
  public static long millis(Request request, int i) {
    String text = request.length(i) > 5_000 ? "" : request.text(i);
    if (DoubleNumber.isInfinite(text)) {
      throw text.startsWith("-") ? negative() : tooLarge();
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new CommandException("ERR timeout is not a float or out of range");
    }
    BigDecimal millis = new BigDecimal(text).movePointRight(3);
    if (millis.signum() < 0) {
      throw negative();
    }
    if (millis.compareTo(MOST) > 0) {
      throw tooLarge();
    }
    return millis.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  private static CommandException negative() {
    return new CommandException("ERR timeout is negative");
  }

  private static CommandException tooLarge() {
    return new CommandException("ERR timeout is out of range");
  }
}
