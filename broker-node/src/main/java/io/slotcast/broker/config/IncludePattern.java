package io.slotcast.broker.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The argument of {@code include}: a file, or a pattern of files in one folder. */
final class IncludePattern {
  private IncludePattern() {}

  /** The files in the order of their names; none may match a pattern. */
  static List<Path> files(String place, String pattern) throws ConfigException {
    int lastSlash = pattern.lastIndexOf('/');
    String name = pattern.substring(lastSlash + 1);
    try {
      if (name.chars().noneMatch(code -> "*?[".indexOf(code) >= 0)) {
        return List.of(Path.of(pattern));
      }
      Path folder = Path.of(lastSlash < 0 ? "." : pattern.substring(0, lastSlash + 1));
      return Files.isDirectory(folder) ? matches(folder, name) : List.of();
    } catch (IOException
        | DirectoryIteratorException
        | InvalidPathException
        | PatternSyntaxException e) {
      throw new ConfigException(place + ": include: " + e.getMessage());
    }
  }

  private static List<Path> matches(Path folder, String glob) throws IOException {
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
      stream.forEach(files::add);
    }
    Collections.sort(files);
    return files;
  }
}
