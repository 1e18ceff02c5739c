package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.command.Command;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The sorted set family. */
public final class SortedSetCommands {
  private SortedSetCommands() {}

  /**
   * @param limits up to what a sorted set is packed
   * @param random gives the random generator of the thread that asks
   */
  public static List<Command> all(SortedSetValue.Limits limits, Supplier<RandomGenerator> random) {
    List<Command> commands = new ArrayList<>(Combination.all(limits));
    commands.addAll(
        List.of(
            BlockingPop.bzpopmax(),
            BlockingPop.bzpopmin(),
            MultiPop.bzmpop(),
            Add.zadd(limits),
            new Card(),
            Count.zcount(),
            Add.zincrby(limits),
            new IntersectionCard(),
            Count.zlexcount(),
            MultiPop.zmpop(),
            new MultiScore(),
            Pop.zpopmax(),
            Pop.zpopmin(),
            new RandomMember(random),
            Range.zrange(),
            Range.zrangebylex(),
            Range.zrangebyscore(),
            new RangeStore(limits),
            Rank.zrank(),
            new Remove(),
            RemoveRange.zremrangebylex(),
            RemoveRange.zremrangebyrank(),
            RemoveRange.zremrangebyscore(),
            Range.zrevrange(),
            Range.zrevrangebylex(),
            Range.zrevrangebyscore(),
            Rank.zrevrank(),
            new Scan(),
            new Score()));
    return commands;
  }
}
