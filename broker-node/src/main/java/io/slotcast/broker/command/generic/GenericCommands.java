package io.slotcast.broker.command.generic;

import io.slotcast.broker.command.Command;
import io.slotcast.broker.keyspace.SlotTable;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The generic family. */
public final class GenericCommands {
  private GenericCommands() {}

  /**
   * @param slots for the commands that look at all keys
   * @param random what RANDOMKEY draws with
   */
  public static List<Command> all(SlotTable slots, Supplier<RandomGenerator> random) {
    return List.of(
        Delete.del(),
        Delete.unlink(),
        new Exists(),
        new Type(),
        TimeToLive.ttl(),
        TimeToLive.pttl(),
        TimeToLive.expireTime(),
        TimeToLive.pexpireTime(),
        Expire.expire(),
        Expire.pexpire(),
        Expire.expireAt(),
        Expire.pexpireAt(),
        new Persist(),
        new Keys(slots),
        new RandomKey(slots, random),
        Rename.rename(),
        Rename.renamenx(),
        new Scan(slots),
        new Touch());
  }
}
