package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;

/** LTRIM key start stop: keeps what LRANGE would return. */
final class ListTrim implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("ltrim", 4)
          .flags(WRITE)
          .categories(AclCategory.LIST)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
          .doc(
              "list",
              "1.0.0",
              "Keeps the elements of a list between two indexes, removes all others.")
          .complexity("O(N) where N is the number of elements to be removed by the operation.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("start", Type.INTEGER),
              Argument.of("stop", Type.INTEGER))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    long first = call.longArgument(2);
    long last = call.longArgument(3);
    ListValue list = call.findKey(1, ListValue.class);
    if (list != null) {
      long size = list.size();
      first = Math.max(first < 0 ? first + size : first, 0);
      last = Math.min(last < 0 ? last + size : last, size - 1);
      if (first > last) {
        list.drop(End.LEFT, size);
      } else {
        list.drop(End.RIGHT, size - 1 - last);
        list.drop(End.LEFT, first);
      }
      call.taken(1, KeyEvent.LTRIM, list.isEmpty());
    }
    call.reply().ok();
  }
}
