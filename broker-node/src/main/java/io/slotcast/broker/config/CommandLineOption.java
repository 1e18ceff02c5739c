package io.slotcast.broker.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A directive given as {@code --name value…}, as redis-server takes them: the word after a name is
 * always a value, even if it begins with {@code --}, but for {@code --save}, which may stand alone.
 *
 * @param name without the dashes
 */
record CommandLineOption(String name, List<String> values) {
  private static final String SAVE = "save";

  static List<CommandLineOption> split(List<String> arguments) throws ConfigException {
    var options = new ArrayList<CommandLineOption>();
    for (String argument : arguments) {
      if (argument.startsWith("--") && (options.isEmpty() || options.getLast().mayEnd())) {
        options.add(named(argument.substring(2)));
      } else if (options.isEmpty()) {
        throw new ConfigException("'" + argument + "' does not belong to any --directive");
      } else {
        options.getLast().values().add(argument);
      }
    }
    options.stream().filter(CommandLineOption::isBareSave).forEach(o -> o.values().add(""));
    return List.copyOf(options);
  }

  /** Name and values may also come as one argument: {@code "--port 7001"}. */
  private static CommandLineOption named(String text) throws ConfigException {
    try {
      List<String> words = ConfigLine.split(text);
      String name = words.isEmpty() ? "" : words.getFirst();
      return new CommandLineOption(
          name, new ArrayList<>(words.isEmpty() ? words : words.subList(1, words.size())));
    } catch (InvalidValueException malformed) {
      throw new ConfigException("--" + text + ": " + malformed.reason());
    }
  }

  private boolean mayEnd() {
    return !values.isEmpty() || isBareSave();
  }

  private boolean isBareSave() {
    return name.equalsIgnoreCase(SAVE) && values.isEmpty();
  }
}
