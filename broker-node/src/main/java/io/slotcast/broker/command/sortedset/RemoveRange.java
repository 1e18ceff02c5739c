package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.sortedset.Ranks;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;

/**
 * ZREMRANGEBYRANK key start stop, ZREMRANGEBYSCORE and ZREMRANGEBYLEX key min max: replies how many
 * were removed.
 */
final class RemoveRange implements Command {
  private final CommandSpec spec;
  private final RangeQuery.By by;

  private RemoveRange(CommandSpec spec, RangeQuery.By by) {
    this.spec = spec;
    this.by = by;
  }

  static RemoveRange zremrangebyrank() {
    return new RemoveRange(
        CommandSpec.command("zremrangebyrank", 4)
            .flags(WRITE)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
            .doc("sorted-set", "2.0.0", "Removes members of a sorted set by their places.")
            .complexity(
                "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("start", Type.INTEGER),
                Argument.of("stop", Type.INTEGER))
            .build(),
        RangeQuery.By.RANK);
  }

  static RemoveRange zremrangebyscore() {
    return new RemoveRange(
        CommandSpec.command("zremrangebyscore", 4)
            .flags(WRITE)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
            .doc("sorted-set", "1.2.0", "Removes members of a sorted set by their scores.")
            .complexity(
                "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("min", Type.DOUBLE),
                Argument.of("max", Type.DOUBLE))
            .build(),
        RangeQuery.By.SCORE);
  }

  static RemoveRange zremrangebylex() {
    return new RemoveRange(
        CommandSpec.command("zremrangebylex", 4)
            .flags(WRITE)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
            .doc("sorted-set", "2.8.9", "Removes members of one score by their bytes.")
            .complexity(
                "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements removed by the operation.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("min", Type.STRING),
                Argument.of("max", Type.STRING))
            .build(),
        RangeQuery.By.MEMBER);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    RangeQuery.Selection selection =
        switch (by) {
          case RANK -> new RangeQuery.Places(call.longArgument(2), call.longArgument(3));
          case SCORE -> RangeQuery.whole(RangeArguments.scores(call.request(), 2, 3));
          case MEMBER -> RangeQuery.whole(RangeArguments.members(call.request(), 2, 3));
        };
    SortedSetValue set = call.findKey(1, SortedSetValue.class);
    Ranks ranks = set == null ? Ranks.NONE : selection.in(set, false);
    if (set != null && !ranks.isEmpty()) {
      set.remove(ranks);
      call.taken(1, KeyEvent.of(spec.name()), set.size() == 0);
    }
    call.reply().integer(ranks.count());
  }
}
