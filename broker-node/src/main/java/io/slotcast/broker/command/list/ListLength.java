package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.list.ListValue;

/** LLEN key: how many elements the list has; 0 where there is no key. */
final class ListLength implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("llen", 2)
          .flags(READONLY, FAST)
          .categories(AclCategory.LIST)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("list", "1.0.0", "Returns the length of a list.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    ListValue list = call.readKey(1, ListValue.class);
    call.reply().integer(list == null ? 0 : list.size());
  }
}
