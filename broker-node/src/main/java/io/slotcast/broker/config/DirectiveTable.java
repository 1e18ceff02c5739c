package io.slotcast.broker.config;

import io.slotcast.broker.config.Directive.Change;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes directives as the classes that declare them are initialized, in the order of their lines.
 */
final class DirectiveTable {
  private final List<Directive<?>> directives = new ArrayList<>();
  private final Map<String, Directive<?>> byName = new HashMap<>();

  <T> Directive<T> runTime(
      Section section,
      String name,
      ValueType<T> type,
      T defaultValue,
      String description,
      String... aliases) {
    return add(section, name, type, defaultValue, Change.AT_RUN_TIME, description, aliases);
  }

  <T> Directive<T> atStart(
      Section section,
      String name,
      ValueType<T> type,
      T defaultValue,
      String description,
      String... aliases) {
    return add(section, name, type, defaultValue, Change.AT_START, description, aliases);
  }

  <T> Directive<T> add(
      Section section,
      String name,
      ValueType<T> type,
      T defaultValue,
      Change change,
      String description,
      String... aliases) {
    var directive =
        new Directive<>(
            directives.size(),
            section,
            name,
            List.of(aliases),
            type,
            defaultValue,
            change,
            description);
    directives.add(directive);
    addName(name, directive);
    for (String alias : aliases) {
      addName(alias, directive);
    }
    return directive;
  }

  private void addName(String name, Directive<?> directive) {
    if (byName.put(name, directive) != null) {
      throw new IllegalStateException("two directives named " + name);
    }
  }

  List<Directive<?>> all() {
    return List.copyOf(directives);
  }

  @Nullable Directive<?> named(String name) {
    return byName.get(name.toLowerCase(Locale.ROOT));
  }

  static IntegerType integer(int min, int max) {
    return new IntegerType(min, max);
  }

  static IntegerType port() {
    return new IntegerType(0, 65_535);
  }

  static LongType number(long min, long max) {
    return new LongType(min, max);
  }

  static MemoryType memory(long min) {
    return new MemoryType(min, Long.MAX_VALUE);
  }

  static YesNoType yesNo() {
    return new YesNoType();
  }

  static FileType file() {
    return new FileType();
  }

  static TextType text() {
    return new TextType();
  }

  static DurationType micros(long min, long max) {
    return new DurationType(ChronoUnit.MICROS, min, max);
  }

  static DurationType millis(long min, long max) {
    return new DurationType(ChronoUnit.MILLIS, min, max);
  }

  static DurationType seconds(long min, long max) {
    return new DurationType(ChronoUnit.SECONDS, min, max);
  }
}
