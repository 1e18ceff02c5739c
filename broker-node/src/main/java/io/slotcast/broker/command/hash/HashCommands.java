package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.Command;
import io.slotcast.broker.keyspace.hash.HashValue;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The hash family. */
public final class HashCommands {
  private HashCommands() {}

  /**
   * @param limits up to what a hash is packed
   * @param random gives the random generator of the thread that asks
   */
  public static List<Command> all(
      Supplier<HashValue.Limits> limits, Supplier<RandomGenerator> random) {
    return List.of(
        new HashDelete(),
        new HashExists(),
        new HashGet(),
        HashContents.hgetall(),
        new HashIncrement(limits),
        new HashIncrementFloat(limits),
        HashFieldExpire.hexpire(),
        HashFieldExpire.hpexpire(),
        HashFieldExpire.hexpireat(),
        HashFieldExpire.hpexpireat(),
        HashFieldTimeToLive.httl(),
        HashFieldTimeToLive.hpttl(),
        HashFieldTimeToLive.hexpiretime(),
        HashFieldTimeToLive.hpexpiretime(),
        new HashFieldPersist(),
        HashContents.hkeys(),
        new HashLength(),
        new HashMultiGet(),
        HashSet.hmset(limits),
        new HashRandomField(random),
        new HashScan(),
        HashSet.hset(limits),
        new HashSetIfAbsent(limits),
        new HashFieldLength(),
        HashContents.hvals());
  }
}
