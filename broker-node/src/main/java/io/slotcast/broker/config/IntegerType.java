package io.slotcast.broker.config;

/** A whole number within bounds, both inclusive. */
record IntegerType(int min, int max) implements SingleValueType<Integer> {
  @Override
  public Integer parse(String word) throws InvalidValueException {
    return Math.toIntExact(LongType.parse(word, min, max));
  }

  @Override
  public String print(Integer value) {
    return value.toString();
  }

  @Override
  public String domain() {
    return LongType.range(min, max);
  }
}
