package io.slotcast.broker.config;

import java.util.List;
import java.util.regex.Pattern;

/** A host name as Redis takes it for {@code cluster-announce-hostname}; empty for none. */
record HostnameType() implements SingleValueType<String> {
  private static final int MAX_LENGTH = 255;
  private static final Pattern HOSTNAME = Pattern.compile("[a-zA-Z0-9.-]*");

  @Override
  public String parse(String word) throws InvalidValueException {
    if (word.length() > MAX_LENGTH) {
      throw new InvalidValueException("Hostnames must be less than 256 characters");
    }
    if (!HOSTNAME.matcher(word).matches()) {
      throw new InvalidValueException(
          "Hostnames may only contain alphanumeric characters, hyphens or dots");
    }
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
    return "a host name";
  }
}
