package io.slotcast.broker.config;

import java.util.Locale;

/** {@code yes} or {@code no}. */
record YesNoType() implements SingleValueType<Boolean> {
  @Override
  public Boolean parse(String word) throws InvalidValueException {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new InvalidValueException("argument must be 'yes' or 'no'");
    };
  }

  @Override
  public String print(Boolean value) {
    return value ? "yes" : "no";
  }

  @Override
  public String domain() {
    return "yes or no";
  }
}
