package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;

/**
 * LMOVE source destination LEFT|RIGHT LEFT|RIGHT and RPOPLPUSH source destination: takes an element
 * from an end of one list, adds it at an end of another, or of the same, and replies it; null where
 * there is no source.
 */
final class Move implements Command {
  private final CommandSpec spec;
  private final boolean namesEnds;

  private Move(CommandSpec spec, boolean namesEnds) {
    this.spec = spec;
    this.namesEnds = namesEnds;
  }

  static Move lmove() {
    return new Move(
        CommandSpec.command("lmove", 5)
            .flags(WRITE, DENYOOM)
            .categories(AclCategory.LIST)
            .keys(
                KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
                KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
            .doc("list", "6.2.0", "Moves an element from an end of a list to an end of another.")
            .arguments(
                Argument.key("source", 0),
                Argument.key("destination", 1),
                Argument.oneOf("wherefrom", Argument.token("left"), Argument.token("right")),
                Argument.oneOf("whereto", Argument.token("left"), Argument.token("right")))
            .build(),
        true);
  }

  static Move rpoplpush() {
    return new Move(
        CommandSpec.command("rpoplpush", 3)
            .flags(WRITE, DENYOOM)
            .categories(AclCategory.LIST)
            .keys(
                KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
                KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
            .doc("list", "1.2.0", "Moves the last element of a list to the head of another.")
            .arguments(Argument.key("source", 0), Argument.key("destination", 1))
            .build(),
        false);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    End from = namesEnds ? ListArguments.end(request, 3) : End.RIGHT;
    End to = namesEnds ? ListArguments.end(request, 4) : End.LEFT;
    ListValue source = call.findKey(1, ListValue.class);
    if (source == null) {
      call.reply().nil();
      return;
    }
    ListValue destination = call.findKey(2, ListValue.class);
    byte[] element = source.pop(from);
    if (destination == null) {
      destination = new ListValue();
      call.putKey(2, destination);
    }
    destination.push(to, element, 0, element.length);
    ListKeys.taken(call, 1, source);
    call.changed(2);
    call.reply().bulk(element);
  }
}
