package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.sortedset.EntryRange;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;

/** ZCOUNT key min max, by scores, and ZLEXCOUNT key min max, by members: how many there are. */
final class Count implements Command {
  private final CommandSpec spec;
  private final boolean byMember;

  private Count(CommandSpec spec, boolean byMember) {
    this.spec = spec;
    this.byMember = byMember;
  }

  static Count zcount() {
    return new Count(
        CommandSpec.command("zcount", 4)
            .flags(READONLY, FAST)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("sorted-set", "2.0.0", "Returns how many members have scores in a range.")
            .complexity("O(log(N)) with N being the number of elements in the sorted set.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("min", Type.DOUBLE),
                Argument.of("max", Type.DOUBLE))
            .build(),
        false);
  }

  static Count zlexcount() {
    return new Count(
        CommandSpec.command("zlexcount", 4)
            .flags(READONLY, FAST)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("sorted-set", "2.8.9", "Returns how many members of one score are in a range.")
            .complexity("O(log(N)) with N being the number of elements in the sorted set.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("min", Type.STRING),
                Argument.of("max", Type.STRING))
            .build(),
        true);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    EntryRange range =
        byMember
            ? RangeArguments.members(call.request(), 2, 3)
            : RangeArguments.scores(call.request(), 2, 3);
    SortedSetValue set = call.readKey(1, SortedSetValue.class);
    call.reply().integer(set == null ? 0 : set.ranks(range).count());
  }
}
