package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;

/**
 * LPUSH, RPUSH, LPUSHX and RPUSHX key element [element …]: adds elements at an end of a list, one
 * after the other; with X only if there is a list. Replies its length after it.
 */
final class Push implements Command {
  private final CommandSpec spec;
  private final End end;
  private final boolean onlyIfPresent;

  private Push(String name, String since, End end, boolean onlyIfPresent, String summary) {
    this.end = end;
    this.onlyIfPresent = onlyIfPresent;
    this.spec =
        CommandSpec.command(name, -3)
            .flags(WRITE, DENYOOM, FAST)
            .categories(AclCategory.LIST)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
            .doc("list", since, summary)
            .complexity(
                "O(1) for each element added, so O(N) to add N elements when the command is called"
                    + " with multiple arguments.")
            .arguments(Argument.key("key", 0), Argument.of("element", Type.STRING).asMultiple())
            .build();
  }

  static Push lpush() {
    return new Push("lpush", "1.0.0", End.LEFT, false, "Adds elements to the head of a list.");
  }

  static Push rpush() {
    return new Push("rpush", "1.0.0", End.RIGHT, false, "Adds elements to the tail of a list.");
  }

  static Push lpushx() {
    return new Push(
        "lpushx", "2.2.0", End.LEFT, true, "Adds elements to the head of a list that is there.");
  }

  static Push rpushx() {
    return new Push(
        "rpushx", "2.2.0", End.RIGHT, true, "Adds elements to the tail of a list that is there.");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    ListValue list = call.findKey(1, ListValue.class);
    if (list == null) {
      if (onlyIfPresent) {
        call.reply().integer(0);
        return;
      }
      list = new ListValue();
      call.putKey(1, list);
    }
    Request request = call.request();
    for (int i = 2; i < request.count(); i++) {
      list.push(end, request.array(), request.offset(i), request.length(i));
    }
    call.changed(1, ListEvents.pushed(end));
    call.reply().integer(list.size());
  }
}
