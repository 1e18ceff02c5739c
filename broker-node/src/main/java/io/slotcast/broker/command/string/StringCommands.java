package io.slotcast.broker.command.string;

import io.slotcast.broker.command.Command;
import java.util.List;
import java.util.function.LongSupplier;

/** The string family. */
public final class StringCommands {
  private StringCommands() {}

  /**
   * @param maxLength {@code proto-max-bulk-len}, which bounds what a string may grow to
   */
  public static List<Command> all(LongSupplier maxLength) {
    return List.of(
        new Append(maxLength),
        Increment.decr(),
        Increment.decrBy(),
        new Get(),
        new GetDelete(),
        new GetExpiring(),
        GetRange.getrange(),
        new GetSet(),
        Increment.incr(),
        Increment.incrBy(),
        new IncrementFloat(),
        new Lcs(maxLength),
        new MultiGet(),
        MultiSet.mset(),
        MultiSet.msetnx(),
        SetExpiring.milliseconds(),
        new Set(),
        SetExpiring.seconds(),
        new SetIfAbsent(),
        new SetRange(maxLength),
        new StringLength(),
        GetRange.substr());
  }
}
