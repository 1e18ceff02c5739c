package io.slotcast.broker.config;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as {@code redis.conf} writes them: {@code 1k} is 1000 bytes, {@code 1kb} is 1024. */
public final class MemorySize {
  private static final Pattern SIZE = Pattern.compile("([0-9]*)([a-z]*)");

  private MemorySize() {}

  /** The size in bytes; empty if the text is not one, or past the range of a long. */
  public static OptionalLong parse(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long unit = unit(matcher.group(2));
    String digits = matcher.group(1);
    if (unit == 0) {
      return OptionalLong.empty();
    }
    BigInteger bytes =
        (digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits))
            .multiply(BigInteger.valueOf(unit));
    return bytes.bitLength() < Long.SIZE
        ? OptionalLong.of(bytes.longValue())
        : OptionalLong.empty();
  }

  private static long unit(String name) {
    return switch (name) {
      case "", "b" -> 1;
      case "k" -> 1000;
      case "kb" -> 1L << 10;
      case "m" -> 1_000_000;
      case "mb" -> 1L << 20;
      case "g" -> 1_000_000_000;
      case "gb" -> 1L << 30;
      default -> 0;
    };
  }

  /** The shortest exact form with a binary unit, as CONFIG REWRITE writes it. */
  static String shortForm(long bytes) {
    if (bytes == 0) {
      return "0";
    }
    if (bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "gb";
    }
    if (bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "mb";
    }
    return bytes % (1L << 10) == 0 ? (bytes >> 10) + "kb" : Long.toString(bytes);
  }
}
