package io.slotcast.broker.command.server;

import io.slotcast.broker.command.Command;
import java.time.InstantSource;
import java.util.List;

/** The server family, but for COMMAND, CONFIG and INFO, which have packages of their own. */
public final class ServerCommands {
  private ServerCommands() {}

  /**
   * @param shutdown what SHUTDOWN does; returns at once
   */
  public static List<Command> all(InstantSource clock, Runnable shutdown) {
    return List.of(new Shutdown(shutdown), new Time(clock));
  }
}
