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

/**
 * LRANGE key start stop: the elements between two indexes, both included; negative ones count from
 * the tail.
 */
final class ListRange implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("lrange", 4)
          .flags(READONLY)
          .categories(AclCategory.LIST)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("list", "1.0.0", "Returns the elements of a list between two indexes.")
          .complexity(
              "O(S+N) where S is the distance of start offset from HEAD for small lists, from nearest end (HEAD or TAIL) for large lists; and N is the number of elements in the specified range.")
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
    ListValue list = call.readKey(1, ListValue.class);
    if (list == null) {
      call.reply().array(0);
      return;
    }
    long size = list.size();
    first = Math.max(first < 0 ? first + size : first, 0);
    last = Math.min(last < 0 ? last + size : last, size - 1);
    long count = first > last ? 0 : last - first + 1;
    call.reply().array(count);
    ListCursor cursor = count == 0 ? list.cursorAt(-1) : list.cursorAt(first);
    for (long i = 0; i < count; i++) {
      call.reply().bulk(cursor.array(), cursor.offset(), cursor.length());
      cursor.next();
    }
  }
}
