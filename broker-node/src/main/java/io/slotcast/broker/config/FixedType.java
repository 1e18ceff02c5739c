package io.slotcast.broker.config;

/**
 * A directive of Redis with one value here, since taking another in silence would mislead.
 *
 * @param only the value
 * @param reason why, as a part of a sentence: {@code every node is part of a cluster}
 */
record FixedType(String only, String reason) implements SingleValueType<String> {
  @Override
  public String parse(String word) throws InvalidValueException {
    if (!word.equalsIgnoreCase(only)) {
      throw new InvalidValueException("argument must be '" + only + "': " + reason);
    }
    return only;
  }

  @Override
  public String print(String value) {
    return value;
  }

  @Override
  public String domain() {
    return (only.isEmpty() ? "empty" : only) + " only";
  }
}
