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
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;

/** ZMSCORE key member [member …]: for each member its score, or null. */
final class MultiScore implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("zmscore", -3)
          .flags(READONLY, FAST)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "6.2.0", "Returns the scores of several members of a sorted set.")
          .complexity("O(N) where N is the number of members being requested.")
          .arguments(Argument.key("key", 0), Argument.of("member", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    SortedSetValue set = call.readKey(1, SortedSetValue.class);
    int count = call.request().count();
    call.reply().array(count - 2L);
    for (int i = 2; i < count; i++) {
      Score.reply(call, set, i);
    }
  }
}
