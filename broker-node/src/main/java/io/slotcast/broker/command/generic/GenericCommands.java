package io.slotcast.broker.command.generic;

import io.slotcast.broker.command.Command;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The generic family. */
public final class GenericCommands {
  private GenericCommands() {}

  /**
   * @param slots for the commands that look at all keys
   * @param random what RANDOMKEY draws with
   * @param payload what DUMP gives and RESTORE takes
   */
  public static List<Command> all(
      SlotTable slots, Supplier<RandomGenerator> random, DumpPayload payload) {
    return List.of(
        Delete.del(),
        Delete.unlink(),
        new Copy(payload),
        new Dump(payload),
        Restore.restore(payload),
        Restore.restoreAsking(payload),
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
        ObjectCommands.command(slots.use()),
        new RandomKey(slots, random),
        Rename.rename(),
        Rename.renamenx(),
        new Scan(slots),
        Sort.sort(),
        Sort.sortReadOnly(),
        new Touch());
  }
}
