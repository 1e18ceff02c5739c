package io.slotcast.broker.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder, as an absolute path; empty for none. A relative one starts at the working directory.
 */
record FolderType() implements SingleValueType<String> {
  @Override
  public String parse(String word) throws InvalidValueException {
    if (word.isEmpty()) {
      return word;
    }
    try {
      return Path.of(word).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException notAPath) {
      throw new InvalidValueException("not a path");
    }
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
    return "a folder";
  }
}
