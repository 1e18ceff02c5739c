package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import java.util.List;

/**
 * ZRANGESTORE destination source start stop [BYSCORE|BYLEX] [REV] [LIMIT offset count]: stores what
 * ZRANGE would reply; replies how many members that are.
 */
final class RangeStore implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("zrangestore", -5)
          .flags(WRITE, DENYOOM)
          .categories(AclCategory.SORTEDSET)
          .keys(
              KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.UPDATE),
              KeySpec.one(2, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "6.2.0", "Stores a range of members of one sorted set as another.")
          .complexity(
              "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements stored into the destination key.")
          .arguments(
              Argument.key("dst", 0),
              Argument.key("src", 1),
              Argument.of("min", Type.STRING),
              Argument.of("max", Type.STRING),
              Argument.oneOf("sortby", Argument.token("byscore"), Argument.token("bylex"))
                  .asOptional(),
              Argument.token("rev").asOptional(),
              Argument.block(
                      "offset_count",
                      Argument.of("offset", Type.INTEGER),
                      Argument.of("count", Type.INTEGER))
                  .withToken("LIMIT")
                  .asOptional())
          .build();

  private final SortedSetValue.Limits limits;

  RangeStore(SortedSetValue.Limits limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    RangeQuery query = RangeQuery.parse(call, 2, null, true);
    SortedSetValue source = call.readKey(2, SortedSetValue.class);
    List<ScoredMember> entries =
        source == null ? List.of() : source.entries(query.in(source), false);
    store(call, entries, limits, KeyEvent.ZRANGESTORE);
  }

  /** Stores entries, none twice, under the key in argument 1; replies how many they are. */
  static void store(
      Call call, List<ScoredMember> entries, SortedSetValue.Limits limits, KeyEvent event) {
    call.storeResult(1, entries.isEmpty() ? null : SortedSetValue.of(entries, limits), event);
    call.reply().integer(entries.size());
  }
}
