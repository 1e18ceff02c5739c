package io.slotcast.broker.command.catalog;

import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.KeyFinder;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.RegisteredCommand;
import io.slotcast.broker.resp.Request;
import java.util.List;

/** The command line in the arguments of COMMAND GETKEYS, and the keys in it. */
final class KeyArguments {
  /** COMMAND GETKEYS itself. */
  private static final int LEADING = 2;

  private final Request line;
  private final RegisteredCommand command;
  private final KeyFinder keys;

  private KeyArguments(Request line, RegisteredCommand command, KeyFinder keys) {
    this.line = line;
    this.command = command;
    this.keys = keys;
  }

  /**
   * @throws CommandException in Redis' words if there is no such command, or it has no keys
   */
  static KeyArguments of(Request request, CommandTable commands) {
    byte[][] words = new byte[request.count() - LEADING][];
    for (int i = 0; i < words.length; i++) {
      words[i] = request.bytes(i + LEADING);
    }
    Request line = Request.of(words);
    RegisteredCommand command = commands.find(line);
    if (command == null) {
      throw new CommandException("ERR Invalid command specified");
    }
    KeyFinder keys = command.keys();
    if (keys == null || command.spec().keys().stream().allMatch(KeySpec::isChannel)) {
      throw new CommandException("ERR The command has no key arguments");
    }
    if (!command.spec().acceptsCount(line.count())) {
      throw new CommandException("ERR Invalid number of arguments specified for command");
    }
    return new KeyArguments(line, command, keys);
  }

  Request line() {
    return line;
  }

  List<KeyFinder.Place> places() {
    List<KeyFinder.Place> places = keys.places(line);
    if (places.isEmpty() && !command.spec().has(CommandFlag.NO_MANDATORY_KEYS)) {
      throw new CommandException("ERR Invalid arguments specified for command");
    }
    return places;
  }
}
