package io.slotcast.broker.config;

import java.util.ArrayList;
import java.util.List;

/** Addresses between spaces; {@code ""} for none. */
record SeedsType() implements ValueType<List<SeedAddress>> {
  @Override
  public boolean isList() {
    return true;
  }

  @Override
  public List<SeedAddress> parse(List<String> words, List<SeedAddress> current)
      throws InvalidValueException {
    List<SeedAddress> seeds = new ArrayList<>();
    for (String word : words) {
      if (!word.isEmpty()) {
        seeds.add(SeedAddress.parse(word));
      }
    }
    return seeds.stream().distinct().toList();
  }

  @Override
  public String print(List<SeedAddress> value) {
    return String.join(" ", value.stream().map(SeedAddress::toString).toList());
  }

  @Override
  public List<String> fileForm(List<SeedAddress> value) {
    return List.of(value.isEmpty() ? "\"\"" : print(value));
  }

  @Override
  public String domain() {
    return "host:port or host:port@bus-port, any number";
  }
}
