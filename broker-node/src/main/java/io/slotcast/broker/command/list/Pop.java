package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;

/**
 * LPOP and RPOP key [count]: takes an element, or up to {@code count} of them, from an end of a
 * list; the last one takes the key with it.
 */
final class Pop implements Command {
  private final CommandSpec spec;
  private final End end;

  private Pop(String name, End end, String summary) {
    this.end = end;
    this.spec =
        CommandSpec.command(name, -2)
            .flags(WRITE, FAST)
            .categories(AclCategory.LIST)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc("list", "1.0.0", summary)
            .complexity("O(N) where N is the number of elements returned")
            .arguments(Argument.key("key", 0), Argument.of("count", Type.INTEGER).asOptional())
            .build();
  }

  static Pop lpop() {
    return new Pop("lpop", End.LEFT, "Takes elements from the head of a list.");
  }

  static Pop rpop() {
    return new Pop("rpop", End.RIGHT, "Takes elements from the tail of a list.");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() > 3) {
      throw CommandException.wrongNumberOfArguments(spec.name());
    }
    boolean several = request.count() == 3;
    long count = several ? ListArguments.count(call, 2) : 1;
    ListValue list = call.findKey(1, ListValue.class);
    if (list == null) {
      if (several) {
        call.reply().nilArray();
      } else {
        call.reply().nil();
      }
      return;
    }
    if (several) {
      count = Math.min(count, list.size());
      call.reply().array(count);
      if (count == 0) {
        return;
      }
    }
    take(call, list, count);
    call.taken(1, ListEvents.popped(end), list.isEmpty());
  }

  private void take(Call call, ListValue list, long count) {
    for (long i = 0; i < count; i++) {
      call.reply().bulk(list.pop(end));
    }
  }
}
