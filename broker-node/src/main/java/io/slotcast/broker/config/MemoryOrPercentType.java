package io.slotcast.broker.config;

import java.util.List;
import java.util.OptionalLong;

/** {@code maxmemory-clients}: a size, or a share of {@code maxmemory} as {@code 5%}. */
record MemoryOrPercentType() implements SingleValueType<String> {
  @Override
  public String parse(String word) throws InvalidValueException {
    if (word.endsWith("%")) {
      return percent(word.substring(0, word.length() - 1)) + "%";
    }
    OptionalLong bytes = MemorySize.parse(word);
    return Long.toString(bytes.orElseThrow(MemoryOrPercentType::invalid));
  }

  private static long percent(String digits) throws InvalidValueException {
    long percent;
    try {
      percent = LongType.parse(digits, 0, Long.MAX_VALUE);
    } catch (InvalidValueException notANumber) {
      throw invalid();
    }
    if (percent > 100) {
      throw new InvalidValueException("percentage argument must be less or equal to 100");
    }
    return percent;
  }

  private static InvalidValueException invalid() {
    return new InvalidValueException("argument must be a memory or percent value");
  }

  @Override
  public String print(String value) {
    return value;
  }

  @Override
  public List<String> fileForm(String value) {
    return List.of(value.endsWith("%") ? value : MemorySize.shortForm(Long.parseLong(value)));
  }

  @Override
  public String domain() {
    return "a size or a percentage";
  }
}
