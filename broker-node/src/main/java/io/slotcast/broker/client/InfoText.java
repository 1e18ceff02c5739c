package io.slotcast.broker.client;

/**
 * The fields of INFO or CLUSTER INFO.
 *
 * @param text as it came, {@code name:value} line by line
 */
public record InfoText(String text) {
  /** The value of a field; empty if there is none of that name. */
  public String field(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** The value of a field that is a whole number; 0 if there is none of that name. */
  public long number(String name) {
    String value = field(name);
    return value.isEmpty() ? 0 : Long.parseLong(value);
  }
}
