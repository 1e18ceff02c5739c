package io.slotcast.broker.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a configuration: the defaults, then a file with its includes, then options. */
final class ConfigLoader {
  private static final int MAX_INCLUDE_DEPTH = 16;

  private final Set<Directive<?>> given = new HashSet<>();
  private DirectiveValues values = DirectiveValues.defaults();

  ServerConfig load(@Nullable Path file, List<String> options) throws ConfigException {
    if (file != null) {
      read(file, 0);
    }
    for (CommandLineOption option : CommandLineOption.split(options)) {
      apply("--" + option.name(), "", option.name(), option.values());
    }
    completeFolder();
    check();
    return new ServerConfig(file, values, given);
  }

  private void read(Path path, int depth) throws ConfigException {
    List<String> lines = lines(path);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        readLine(path + ":" + (i + 1), line, depth);
      }
    }
  }

  private static List<String> lines(Path path) throws ConfigException {
    try {
      return Files.readAllLines(path);
    } catch (NoSuchFileException missing) {
      throw new ConfigException(path + ": no such file");
    } catch (CharacterCodingException malformed) {
      throw new ConfigException(path + ": not UTF-8");
    } catch (IOException e) {
      throw new ConfigException(path + ": cannot be read: " + e);
    }
  }

  private void readLine(String place, String line, int depth) throws ConfigException {
    List<String> words;
    try {
      words = ConfigLine.split(line);
    } catch (InvalidValueException malformed) {
      throw new ConfigException(place + ": " + malformed.reason());
    }
    String name = words.getFirst().toLowerCase(Locale.ROOT);
    List<String> arguments = words.subList(1, words.size());
    if (name.equals("include") && arguments.size() == 1) {
      include(place, arguments.getFirst(), depth + 1);
    } else {
      apply(place, name + ": ", name, arguments);
    }
  }

  private void include(String place, String pattern, int depth) throws ConfigException {
    if (depth > MAX_INCLUDE_DEPTH) {
      throw new ConfigException(place + ": include: files include each other without end");
    }
    for (Path path : IncludePattern.files(place, pattern)) {
      read(path, depth);
    }
  }

  private void apply(String place, String shownName, String name, List<String> words)
      throws ConfigException {
    Directive<?> directive = Directives.named(name);
    if (directive == null) {
      throw new ConfigException(place + ": unknown directive '" + name + "'");
    }
    try {
      List<String> arguments = arguments(directive, words);
      values =
          given.add(directive)
              ? values.parsed(directive, arguments)
              : values.parsedAgain(directive, arguments);
    } catch (InvalidValueException refused) {
      throw new ConfigException(place + ": " + shownName + refused.reason());
    }
  }

  /** A list may also be given as one quoted word. */
  private static List<String> arguments(Directive<?> directive, List<String> words)
      throws InvalidValueException {
    if (words.isEmpty()) {
      throw new InvalidValueException("wrong number of arguments");
    }
    boolean oneWord = words.size() == 1 && !words.getFirst().isEmpty();
    return directive.type().isList() && oneWord ? ConfigLine.list(words.getFirst()) : words;
  }

  /** The default of {@code dir} depends on where the process was started. */
  private void completeFolder() throws ConfigException {
    try {
      values = values.parsed(Directives.DIR, List.of(values.get(Directives.DIR)));
    } catch (InvalidValueException impossible) {
      throw new ConfigException("dir: " + impossible.reason());
    }
  }

  private void check() throws ConfigException {
    try {
      new ConfigCheck(values).run();
    } catch (InvalidValueException contradiction) {
      throw new ConfigException(contradiction.reason());
    }
  }
}
