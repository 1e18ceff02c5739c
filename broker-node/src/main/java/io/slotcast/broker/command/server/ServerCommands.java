package io.slotcast.broker.command.server;

import io.slotcast.broker.command.Command;
import java.time.InstantSource;
import java.util.List;

/** The server family, but for COMMAND, CONFIG and INFO, which have packages of their own. */
public final class ServerCommands {
  private ServerCommands() {}

  public static List<Command> all(InstantSource clock) {
    return List.of(new Time(clock));
  }
}
