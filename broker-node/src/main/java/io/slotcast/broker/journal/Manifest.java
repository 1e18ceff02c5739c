package io.slotcast.broker.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files make up a journal: a base, then increments in the order of their numbers. Files of
 * its history count no more and are about to be deleted. Source: {@code aof.c} of Redis 7.0.
 *
 * @param base null where the increments begin with nothing
 */
record Manifest(@Nullable Entry base, List<Entry> increments, List<Entry> history) {
  static final Manifest EMPTY = new Manifest(null, List.of(), List.of());

  Manifest {
    increments = List.copyOf(increments);
    history = List.copyOf(history);
  }

  /** A file by its name in the journal's folder. */
  record Entry(String name, long sequence) {}

  /** The files to load, in order. */
  List<Entry> files() {
    List<Entry> files = new ArrayList<>();
    if (base != null) {
      files.add(base);
    }
    files.addAll(increments);
    return files;
  }

  /** The greatest number that any file of the manifest has. */
  long lastSequence() {
    long last = 0;
    for (Entry entry : files()) {
      last = Math.max(last, entry.sequence());
    }
    return last;
  }

  // ---- As text ----

  String text() {
    StringBuilder text = new StringBuilder();
    if (base != null) {
      line(text, base, 'b');
    }
    history.forEach(entry -> line(text, entry, 'h'));
    increments.forEach(entry -> line(text, entry, 'i'));
    return text.toString();
  }

  private static void line(StringBuilder text, Entry entry, char type) {
    boolean isPlain = entry.name().chars().allMatch(code -> code > ' ' && code != '"');
    String name =
        isPlain
            ? entry.name()
            : '"' + entry.name().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    text.append("file ").append(name).append(" seq ").append(entry.sequence());
    text.append(" type ").append(type).append('\n');
  }

  /**
   * @throws IllegalArgumentException if it is no manifest; the message says why, with the line
   */
  static Manifest parse(String text) {
    Entry base = null;
    List<Entry> increments = new ArrayList<>();
    List<Entry> history = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> words = words(line);
      if (words.size() < 6
          || !words.get(0).equals("file")
          || !words.get(2).equals("seq")
          || !words.get(3).matches("[0-9]{1,18}")
          || !words.get(4).equals("type")) {
        throw new IllegalArgumentException("line " + (i + 1) + " is no entry: " + line);
      }
      Entry entry = new Entry(words.get(1), Long.parseLong(words.get(3)));
      if (entry.name().contains("/")) {
        throw new IllegalArgumentException("line " + (i + 1) + " names a path: " + line);
      }
      switch (words.get(5)) {
        case "b" -> {
          if (base != null) {
            throw new IllegalArgumentException("line " + (i + 1) + " is a second base: " + line);
          }
          base = entry;
        }
        case "i" -> {
          if (!increments.isEmpty() && increments.getLast().sequence() >= entry.sequence()) {
            throw new IllegalArgumentException("line " + (i + 1) + " is out of order: " + line);
          }
          increments.add(entry);
        }
        case "h" -> history.add(entry);
        default -> throw new IllegalArgumentException("line " + (i + 1) + ": unknown type " + line);
      }
    }
    return new Manifest(base, increments, history);
  }

  /** The words of a line; one may stand in quotes. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      char code = line.charAt(at);
      if (code == ' ') {
        at++;
        continue;
      }
      StringBuilder word = new StringBuilder();
      boolean quoted = code == '"';
      at += quoted ? 1 : 0;
      while (at < line.length() && line.charAt(at) != (quoted ? '"' : ' ')) {
        if (quoted && line.charAt(at) == '\\' && at + 1 < line.length()) {
          at++;
        }
        word.append(line.charAt(at++));
      }
      at++;
      words.add(word.toString());
    }
    return words;
  }
}
