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
import io.slotcast.broker.resp.Request;

/** LSET key index element: puts an element in another one's place. */
final class ListSet implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("lset", 4)
          .flags(WRITE, DENYOOM)
          .categories(AclCategory.LIST)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("list", "1.0.0", "Replaces the element of a list at an index.")
          .complexity(
              "O(N) where N is the length of the list. Setting either the first or the last element of the list is O(1).")
          .arguments(
              Argument.key("key", 0),
              Argument.of("index", Type.INTEGER),
              Argument.of("element", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    ListValue list = call.findKey(1, ListValue.class);
    if (list == null) {
      throw new CommandException("ERR no such key");
    }
    long index = call.longArgument(2);
    ListCursor cursor = list.cursorAt(index < 0 ? index + list.size() : index);
    if (!cursor.isValid()) {
      throw new CommandException("ERR index out of range");
    }
    Request request = call.request();
    list.set(cursor, request.array(), request.offset(3), request.length(3));
    call.changed(1, KeyEvent.LSET);
    call.reply().ok();
  }
}
