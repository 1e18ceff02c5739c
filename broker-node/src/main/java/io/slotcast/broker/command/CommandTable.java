package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commands by name, found from the bytes of a request in any case of letters. Immutable. */
public final class CommandTable {
  private final Map<String, RegisteredCommand> byName;

  /** Open addressing over a folded hash of the name. */
  private final @Nullable RegisteredCommand[] buckets;

  private CommandTable(Map<String, RegisteredCommand> byName) {
    this.byName = byName;
    this.buckets = new @Nullable RegisteredCommand[Integer.highestOneBit(byName.size() * 4 + 3)];
    for (RegisteredCommand command : byName.values()) {
      byte[] name = command.upperCaseName();
      int index = hash(name, 0, name.length) & buckets.length - 1;
      while (buckets[index] != null) {
        index = index + 1 & buckets.length - 1;
      }
      buckets[index] = command;
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The command of that name, or null. */
  public @Nullable RegisteredCommand find(byte[] array, int offset, int length) {
    int index = hash(array, offset, length) & buckets.length - 1;
    RegisteredCommand command;
    while ((command = buckets[index]) != null) {
      if (command.isNamed(array, offset, length)) {
        return command;
      }
      index = index + 1 & buckets.length - 1;
    }
    return null;
  }

  /** The command of that lower-case name, or null. */
  public @Nullable RegisteredCommand find(String lowerCaseName) {
    return byName.get(lowerCaseName);
  }

  /** The command or subcommand that a request names by its first arguments, or null. */
  public @Nullable RegisteredCommand find(Request request) {
    RegisteredCommand command = find(request.array(), request.offset(0), request.length(0));
    if (command == null || request.count() < 2) {
      return command;
    }
    CommandTable subcommands = command.subcommands();
    return subcommands == null
        ? command
        : subcommands.find(request.array(), request.offset(1), request.length(1));
  }

  /** The command of a full name in any case, such as {@code client|list}, or null. */
  public @Nullable RegisteredCommand findFull(String name) {
    String[] parts = name.toLowerCase(Locale.ROOT).split("\\|", 2);
    RegisteredCommand command = find(parts[0]);
    if (command == null || parts.length == 1) {
      return command;
    }
    CommandTable subcommands = command.subcommands();
    return subcommands == null ? null : subcommands.find(parts[1]);
  }

  /** All commands, in the order in which they were added. */
  public Collection<RegisteredCommand> all() {
    return byName.values();
  }

  private static int hash(byte[] array, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + (array[i] & 0xDF);
    }
    return hash ^ hash >>> 7;
  }

  /** Collects commands; a name may stand only once. */
  public static final class Builder {
    private final List<Command> commands = new ArrayList<>();

    private Builder() {}

    public Builder add(Command... added) {
      Collections.addAll(commands, added);
      return this;
    }

    public CommandTable build() {
      return build("");
    }

    CommandTable build(String container) {
      Map<String, RegisteredCommand> byName = new LinkedHashMap<>();
      for (Command command : commands) {
        RegisteredCommand registered = new RegisteredCommand(command, container);
        if (byName.put(command.spec().name(), registered) != null) {
          throw new IllegalStateException("two commands named " + command.spec().name());
        }
      }
      return new CommandTable(Collections.unmodifiableMap(byName));
    }
  }
}
