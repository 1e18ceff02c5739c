package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.list.ListCursor;
import io.slotcast.broker.keyspace.list.ListValue;

/** LINDEX key index: the element, or null; a negative index counts from the tail. */
final class ListIndex implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("lindex", 3)
          .flags(READONLY)
          .categories(AclCategory.LIST)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("list", "1.0.0", "Returns the element of a list at an index.")
          .complexity(
              "O(N) where N is the number of elements to traverse to get to the element at index. This makes asking for the first or the last element of the list O(1).")
          .arguments(Argument.key("key", 0), Argument.of("index", Type.INTEGER))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    ListValue list = call.readKey(1, ListValue.class);
    if (list == null) {
      call.reply().nil();
      return;
    }
    long index = call.longArgument(2);
    ListCursor cursor = list.cursorAt(index < 0 ? index + list.size() : index);
    if (cursor.isValid()) {
      call.reply().bulk(cursor.array(), cursor.offset(), cursor.length());
    } else {
      call.reply().nil();
    }
  }
}
