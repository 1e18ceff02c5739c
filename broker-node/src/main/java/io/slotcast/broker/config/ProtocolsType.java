package io.slotcast.broker.config;

import java.util.Arrays;
import java.util.List;

/** {@code tls-protocols}: versions in one word, between spaces; empty for the defaults. */
record ProtocolsType() implements ValueType<List<String>> {
  private static final List<String> KNOWN = List.of("TLSv1.2", "TLSv1.3");

  @Override
  public List<String> parse(List<String> words, List<String> current) throws InvalidValueException {
    List<String> protocols =
        words.stream()
            .flatMap(word -> Arrays.stream(word.split(" ")))
            .filter(word -> !word.isEmpty())
            .toList();
    if (!KNOWN.containsAll(protocols)) {
      throw new InvalidValueException("argument(s) must be one of the following: " + domain());
    }
    return protocols;
  }

  @Override
  public String print(List<String> value) {
    return String.join(" ", value);
  }

  @Override
  public List<String> fileForm(List<String> value) {
    return List.of(ConfigLine.quote(print(value)));
  }

  @Override
  public String domain() {
    return String.join(", ", KNOWN);
  }
}
