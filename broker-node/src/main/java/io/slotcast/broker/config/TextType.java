package io.slotcast.broker.config;

import java.util.List;

/** Any text without a line end. */
record TextType() implements SingleValueType<String> {
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
    return "text";
  }
}
