package io.slotcast.broker.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One of a fixed set of words, in any case.
 *
 * @param choices in the order in which an error names them
 * @param wordOf the word of a choice, in lower case
 */
record ChoiceType<T>(List<T> choices, Function<T, String> wordOf) implements SingleValueType<T> {
  /** The constants of an enum; the words are their names in lower case, {@code _} as {@code -}. */
  static <E extends Enum<E>> ChoiceType<E> of(Class<E> type) {
    return of(type, constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  static <E extends Enum<E>> ChoiceType<E> of(Class<E> type, Function<E, String> wordOf) {
    return new ChoiceType<>(Arrays.asList(type.getEnumConstants()), wordOf);
  }

  static ChoiceType<String> of(String... words) {
    return new ChoiceType<>(List.of(words), word -> word);
  }

  @Override
  public T parse(String word) throws InvalidValueException {
    for (T choice : choices) {
      if (wordOf.apply(choice).equalsIgnoreCase(word)) {
        return choice;
      }
    }
    throw new InvalidValueException("argument(s) must be one of the following: " + domain());
  }

  @Override
  public String print(T value) {
    return wordOf.apply(value);
  }

  @Override
  public String domain() {
    return String.join(", ", choices.stream().map(wordOf).toList());
  }
}
