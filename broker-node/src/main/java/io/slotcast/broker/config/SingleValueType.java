package io.slotcast.broker.config;

import java.util.List;

/** A type whose values are one word. */
interface SingleValueType<T> extends ValueType<T> {
  T parse(String word) throws InvalidValueException;

  @Override
  default T parse(List<String> words, T current) throws InvalidValueException {
    if (words.size() != 1) {
      throw new InvalidValueException("wrong number of arguments");
    }
    return parse(words.getFirst());
  }
}
