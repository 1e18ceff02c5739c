package io.slotcast.broker.config;

import java.util.List;

/**
 * How a directive's value is read and printed.
 *
 * @param <T> the value in memory; immutable
 */
public interface ValueType<T> {
  /**
   * Reads a value.
   *
   * @param words what follows the directive's name
   * @param current the value that holds now, for types where a line changes only a part of it
   * @throws InvalidValueException with Redis' text
   */
  T parse(List<String> words, T current) throws InvalidValueException;

  /** The form that CONFIG GET answers. */
  String print(T value);

  /** What the value may be, for the documentation: {@code 0 to 65535}, {@code yes or no}. */
  String domain();

  /** True if a value given as one word is to be split at its spaces, as CONFIG SET gives it. */
  default boolean isList() {
    return false;
  }

  /** What a second line with the same name in a file makes of the value that the first gave. */
  default T repeated(T earlier, T later) {
    return later;
  }

  /** What CONFIG REWRITE writes behind the directive's name, one element a line of the file. */
  default List<String> fileForm(T value) {
    return List.of(print(value));
  }
}
