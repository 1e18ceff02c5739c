package io.slotcast.broker.config;

import java.util.regex.Pattern;

/** A whole number within bounds, both inclusive. */
record LongType(long min, long max) implements SingleValueType<Long> {
  /** The only form of each number: no sign but a minus, no leading zero, as Redis' string2ll. */
  private static final Pattern CANONICAL = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  static long parse(String word, long min, long max) throws InvalidValueException {
    long value = wholeNumber(word);
    if (value < min || value > max) {
      throw outOfBounds(min, max);
    }
    return value;
  }

  private static long wholeNumber(String word) throws InvalidValueException {
    try {
      if (CANONICAL.matcher(word).matches()) {
        return Long.parseLong(word);
      }
    } catch (NumberFormatException tooLarge) {
      // 19 digits may still be past the range of a long; the answer is the same.
    }
    throw new InvalidValueException("argument couldn't be parsed into an integer");
  }

  static InvalidValueException outOfBounds(long min, long max) {
    return new InvalidValueException(
        "argument must be between " + min + " and " + max + " inclusive");
  }

  static String range(long min, long max) {
    if (max < Integer.MAX_VALUE) {
      return min + " to " + max;
    }
    return min == Integer.MIN_VALUE ? "a whole number" : min + " or more";
  }

  @Override
  public Long parse(String word) throws InvalidValueException {
    return parse(word, min, max);
  }

  @Override
  public String print(Long value) {
    return value.toString();
  }

  @Override
  public String domain() {
    return range(min, max);
  }
}
