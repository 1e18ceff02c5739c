package io.slotcast.broker.config;

import java.util.List;

/** Text that must not be shown but to CONFIG GET. */
record SecretType() implements SingleValueType<String> {
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
    return "text, kept secret";
  }
}
