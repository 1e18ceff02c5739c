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
import io.slotcast.broker.keyspace.list.ListCursor;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;

/**
 * LREM key count element: removes equal elements, {@code count} of them from the head, from the
 * tail if negative, all if 0; replies how many.
 */
final class ListRemove implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("lrem", 4)
          .flags(WRITE)
          .categories(AclCategory.LIST)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
          .doc("list", "1.0.0", "Removes elements that are equal to another.")
          .complexity(
              "O(N+M) where N is the length of the list and M is the number of elements removed.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("count", Type.INTEGER),
              Argument.of("element", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    long count = call.longArgument(2);
    ListValue list = call.findKey(1, ListValue.class);
    if (list == null) {
      call.reply().integer(0);
      return;
    }
    // The smallest number has no positive counterpart; as many cannot be there anyway.
    long most = count == 0 || count == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(count);
    long removed =
        count < 0 ? removeFromTail(list, call.request(), most) : remove(list, call.request(), most);
    if (removed > 0) {
      call.taken(1, KeyEvent.LREM, list.isEmpty());
    }
    call.reply().integer(removed);
  }

  private static long remove(ListValue list, Request request, long most) {
    long removed = 0;
    ListCursor cursor = list.cursor(End.LEFT);
    while (cursor.isValid() && removed < most) {
      if (cursor.matches(request.array(), request.offset(3), request.length(3))) {
        list.remove(cursor);
        removed++;
      } else {
        cursor.next();
      }
    }
    return removed;
  }

  private static long removeFromTail(ListValue list, Request request, long most) {
    long removed = 0;
    ListCursor cursor = list.cursor(End.RIGHT);
    while (cursor.isValid() && removed < most) {
      if (cursor.matches(request.array(), request.offset(3), request.length(3))) {
        list.remove(cursor);
        removed++;
        if (cursor.isValid()) {
          cursor.previous();
        } else {
          cursor = list.cursor(End.RIGHT);
        }
      } else {
        cursor.previous();
      }
    }
    return removed;
  }
}
