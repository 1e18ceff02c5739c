package io.slotcast.broker.config;

import java.util.List;
import java.util.stream.Collectors;

/** Letters of event classes, {@code A} for the usual ones; empty for none. */
record KeyspaceEventsType() implements SingleValueType<KeyspaceEvents> {
  @Override
  public KeyspaceEvents parse(String word) throws InvalidValueException {
    String written = word.replace("A", KeyspaceEvents.ALL);
    if (!written.chars().allMatch(flag -> KeyspaceEvents.IN_ORDER.indexOf(flag) >= 0)) {
      throw new InvalidValueException("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
    }
    return new KeyspaceEvents(
        KeyspaceEvents.IN_ORDER
            .chars()
            .filter(flag -> written.indexOf(flag) >= 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining()));
  }

  /** As Redis 7.0: with {@code A}, the letter {@code n} goes unsaid. */
  @Override
  public String print(KeyspaceEvents value) {
    if (!value.flags().startsWith(KeyspaceEvents.ALL)) {
      return value.flags();
    }
    return "A" + value.flags().substring(KeyspaceEvents.ALL.length()).replace("n", "");
  }

  @Override
  public List<String> fileForm(KeyspaceEvents value) {
    return List.of(ConfigLine.quote(value.flags()));
  }

  @Override
  public String domain() {
    return "letters of Ag$lshzxeKEtmdn";
  }
}
