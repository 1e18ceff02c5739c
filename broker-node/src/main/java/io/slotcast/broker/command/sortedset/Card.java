package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;

/** ZCARD key: how many members there are. */
final class Card implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("zcard", 2)
          .flags(READONLY, FAST)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("sorted-set", "1.2.0", "Returns how many members a sorted set has.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    SortedSetValue set = call.readKey(1, SortedSetValue.class);
    call.reply().integer(set == null ? 0 : set.size());
  }
}
