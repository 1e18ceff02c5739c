package io.slotcast.broker.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One node's values of all directives. Reading is safe from any thread and costs one volatile read;
 * changes are made one at a time, each seen whole or not at all.
 */
public final class ServerConfig {
  /** Written under {@code this}. */
  private volatile DirectiveValues values;

  /** Guarded by {@code this}. */
  private final Map<Directive<?>, List<Listening<?>>> listeners = new HashMap<>();

  private final @Nullable Path file;
  private final Set<Directive<?>> given;

  ServerConfig(@Nullable Path file, DirectiveValues values, Set<Directive<?>> given) {
    this.file = file;
    this.values = values;
    this.given = Set.copyOf(given);
  }

  /**
   * Takes over a new value.
   *
   * @param <T> the value's type
   */
  @FunctionalInterface
  public interface ChangeListener<T> {
    /**
     * @throws InvalidValueException if the value cannot be used; the change is then undone, and the
     *     message becomes a part of CONFIG SET's error
     */
    void changed(T value) throws InvalidValueException;
  }

  private record Listening<T>(Directive<T> directive, ChangeListener<T> listener) {}

  /**
   * One argument pair of CONFIG SET.
   *
   * @param name in any case
   */
  public record Assignment(String name, String value) {}

  /**
   * Reads a file, then options, which win.
   *
   * @param file null for none
   * @param options as on the command line: {@code --port 7001 --cluster-seeds a:1 b:2}
   */
  public static ServerConfig load(@Nullable Path file, List<String> options)
      throws ConfigException {
    return new ConfigLoader().load(file, options);
  }

  /** A node without a file. */
  public static ServerConfig of(String... options) throws ConfigException {
    return load(null, List.of(options));
  }

  public <T> T get(Directive<T> directive) {
    return values.get(directive);
  }

  /** The file that was read and that CONFIG REWRITE writes. */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** The folder of {@code dir}; empty if everything is to stay in memory. */
  public Optional<Path> dataFolder() {
    String dir = get(Directives.DIR);
    return dir.isEmpty() ? Optional.empty() : Optional.of(Path.of(dir));
  }

  /** The port of the bus, with the default worked out. */
  public int busPort() {
    return NodePorts.bus(values);
  }

  /** The port of the admin server, with the default worked out; 0 for none. */
  public int adminPort() {
    return NodePorts.admin(values);
  }

  /** How many new nodes make a new cluster, with the default worked out. */
  public int initialNodes() {
    int configured = get(Directives.CLUSTER_INITIAL_NODES);
    return configured > 0 ? configured : Math.max(1, get(Directives.CLUSTER_SEEDS).size());
  }

  /**
   * Whether a new node is a cluster of its own without slots, as a new Redis node is: if told so,
   * or if it is told that it is a cluster's and nothing of which.
   */
  public boolean isFormedByHand() {
    return switch (get(Directives.CLUSTER_FORMATION)) {
      case MANUAL -> true;
      case SELF -> false;
      case AUTO ->
          given.contains(Directives.CLUSTER_ENABLED)
              && !given.contains(Directives.CLUSTER_SEEDS)
              && !given.contains(Directives.CLUSTER_INITIAL_NODES);
    };
  }

  /** Directives without effect to which the file or the command line gave a value of their own. */
  public Set<String> givenWithoutEffect() {
    var names = new TreeSet<String>();
    for (Directive<?> directive : given) {
      if (directive.isWithoutEffect() && values.differ(DirectiveValues.defaults(), directive)) {
        names.add(directive.name());
      }
    }
    return names;
  }

  /**
   * What CONFIG GET answers: names, as the table or an exact pattern writes them, with printed
   * values.
   *
   * @param glob tells whether a pattern, the first argument, matches a name, in lower case both
   */
  public Map<String, String> matching(List<String> patterns, BiPredicate<String, String> glob) {
    var found = new LinkedHashMap<String, String>();
    var seen = new TreeSet<String>();
    for (String pattern : patterns) {
      String lowerCase = pattern.toLowerCase(Locale.ROOT);
      boolean exact = pattern.chars().noneMatch(code -> "[*?".indexOf(code) >= 0);
      for (Directive<?> directive : Directives.all()) {
        for (String name : names(directive)) {
          if ((exact ? name.equals(lowerCase) : glob.test(lowerCase, name)) && seen.add(name)) {
            found.put(exact ? pattern : name, printed(directive));
          }
        }
      }
    }
    return found;
  }

  private static List<String> names(Directive<?> directive) {
    var names = new ArrayList<String>();
    names.add(directive.name());
    names.addAll(directive.aliases());
    return names;
  }

  /** The value as CONFIG GET prints it. */
  public <T> String printed(Directive<T> directive) {
    return values.printed(directive);
  }

  /**
   * Calls the listener after each change of the directive by CONFIG SET, in the thread that makes
   * it and before CONFIG SET is answered.
   */
  public synchronized <T> void onChange(Directive<T> directive, ChangeListener<T> listener) {
    listeners
        .computeIfAbsent(directive, ignored -> new ArrayList<>())
        .add(new Listening<>(directive, listener));
  }

  /** CONFIG SET: all assignments or none. */
  public synchronized void set(List<Assignment> assignments) throws ConfigSetException {
    DirectiveValues before = values;
    var change = new ConfigChange(before, assignments);
    values = change.after();
    var told = new ArrayList<Listening<?>>();
    for (Directive<?> directive : change.changed()) {
      for (Listening<?> each : listeners.getOrDefault(directive, List.of())) {
        try {
          tell(each);
          told.add(each);
        } catch (InvalidValueException refused) {
          values = before;
          restore(told);
          throw ConfigChange.failed(directive.name(), refused.reason());
        }
      }
    }
  }

  /** Listeners that took over a value get the one from before again. */
  private void restore(List<Listening<?>> told) {
    for (Listening<?> each : told) {
      try {
        tell(each);
      } catch (InvalidValueException refused) {
        throw new IllegalStateException(each.directive() + " cannot be set back", refused);
      }
    }
  }

  private <T> void tell(Listening<T> listening) throws InvalidValueException {
    listening.listener().changed(get(listening.directive()));
  }

  /** CONFIG REWRITE. */
  public synchronized void rewrite() throws ConfigSetException {
    if (file == null) {
      throw new ConfigSetException("ERR The server is running without a config file");
    }
    new ConfigRewrite(values).write(file);
  }
}
