package io.slotcast.broker.config;

import java.util.List;

/**
 * A file whose content is the value proper: giving the same name again by CONFIG SET reads it
 * again. Relative names start at {@code dir}.
 */
record FileType() implements SingleValueType<String> {
  @Override
  public String parse(String word) {
    return word;
  }

  @Override
  public String print(String value) {
    return value;
  }

  @Override
  public List<String> fileForm(String value) {
    return List.of(ConfigLine.quote(value));
  }

  @Override
  public String domain() {
    return "a file";
  }
}
