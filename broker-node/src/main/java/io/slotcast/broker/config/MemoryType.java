package io.slotcast.broker.config;

import java.util.List;

/** A size in bytes within bounds, both inclusive; may be written with a unit. */
record MemoryType(long min, long max) implements SingleValueType<Long> {
  @Override
  public Long parse(String word) throws InvalidValueException {
    long bytes =
        MemorySize.parse(word)
            .orElseThrow(() -> new InvalidValueException("argument must be a memory value"));
    if (bytes < min || bytes > max) {
      throw LongType.outOfBounds(min, max);
    }
    return bytes;
  }

  @Override
  public String print(Long value) {
    return value.toString();
  }

  @Override
  public List<String> fileForm(Long value) {
    return List.of(MemorySize.shortForm(value));
  }

  @Override
  public String domain() {
    return min == 0 ? "a size" : "a size of at least " + MemorySize.shortForm(min);
  }
}
