package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.list.ListCursor;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;

/**
 * LINSERT key BEFORE|AFTER pivot element: replies the length after it, 0 where there is no key, -1
 * where there is no such pivot.
 */
final class ListInsert implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("linsert", 5)
          .flags(WRITE, DENYOOM)
          .categories(AclCategory.LIST)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
          .doc("list", "2.2.0", "Inserts an element before or after another one of a list.")
          .complexity(
              "O(N) where N is the number of elements to traverse before seeing the value pivot. This means that inserting somewhere on the left end on the list (head) can be considered O(1) and inserting somewhere on the right end (tail) is O(N).")
          .arguments(
              Argument.key("key", 0),
              Argument.oneOf("where", Argument.token("before"), Argument.token("after")),
              Argument.of("pivot", Type.STRING),
              Argument.of("element", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    boolean before = request.is(2, "BEFORE");
    if (!before && !request.is(2, "AFTER")) {
      throw CommandException.syntax();
    }
    ListValue list = call.findKey(1, ListValue.class);
    if (list == null) {
      call.reply().integer(0);
      return;
    }
    ListCursor cursor = list.cursor(End.LEFT);
    while (cursor.isValid()
        && !cursor.matches(request.array(), request.offset(3), request.length(3))) {
      cursor.next();
    }
    if (!cursor.isValid()) {
      call.reply().integer(-1);
      return;
    }
    if (before) {
      list.insertBefore(cursor, request.array(), request.offset(4), request.length(4));
    } else {
      list.insertAfter(cursor, request.array(), request.offset(4), request.length(4));
    }
    call.changed(1, KeyEvent.LINSERT);
    call.reply().integer(list.size());
  }
}
