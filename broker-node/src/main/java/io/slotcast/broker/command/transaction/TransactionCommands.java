package io.slotcast.broker.command.transaction;

import io.slotcast.broker.command.Command;
import java.util.List;

/** The transactions family. */
public final class TransactionCommands {
  private TransactionCommands() {}

  public static List<Command> all() {
    return List.of(new Discard(), new Exec(), new Multi(), new Unwatch(), new Watch());
  }
}
