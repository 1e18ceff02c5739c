package io.slotcast.broker.command.string;

import io.slotcast.broker.command.Command;
import java.util.List;

/** The string family. */
public final class StringCommands {
  private StringCommands() {}

  public static List<Command> all() {
    return List.of(new Get(), new Set());
  }
}
