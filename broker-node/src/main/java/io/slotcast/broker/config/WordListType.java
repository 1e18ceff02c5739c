package io.slotcast.broker.config;

import java.util.List;

/**
 * Words between spaces; none at all may be written as {@code ""}.
 *
 * @param domain what each of them is
 */
record WordListType(String domain) implements ValueType<List<String>> {
  @Override
  public boolean isList() {
    return true;
  }

  @Override
  public List<String> parse(List<String> words, List<String> current) {
    return words.stream().filter(word -> !word.isEmpty()).toList();
  }

  @Override
  public String print(List<String> value) {
    return String.join(" ", value);
  }

  @Override
  public List<String> fileForm(List<String> value) {
    return List.of(value.isEmpty() ? "\"\"" : print(value));
  }
}
