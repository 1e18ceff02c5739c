package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.BlockingTimeout;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;

/**
 * LMOVE source destination LEFT|RIGHT LEFT|RIGHT and RPOPLPUSH source destination: takes an element
 * from an end of one list, adds it at an end of another, or of the same, and replies it; null where
 * there is no source. BLMOVE and BRPOPLPUSH have a timeout more, and wait for one.
 */
final class Move implements Command {
  private static final int NEVER = -1;

  private final CommandSpec spec;
  private final boolean namesEnds;
  private final int timeoutArgument;

  private Move(CommandSpec spec, boolean namesEnds, int timeoutArgument) {
    this.spec = spec;
    this.namesEnds = namesEnds;
    this.timeoutArgument = timeoutArgument;
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
        true,
        NEVER);
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
        false,
        NEVER);
  }

  static Move blmove() {
    return new Move(
        CommandSpec.command("blmove", 6)
            .flags(WRITE, DENYOOM, NOSCRIPT, BLOCKING)
            .categories(AclCategory.LIST)
            .keys(
                KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
                KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
            .doc(
                "list",
                "6.2.0",
                "Moves an element from an end of a list to an end of another, or waits for one.")
            .arguments(
                Argument.key("source", 0),
                Argument.key("destination", 1),
                Argument.oneOf("wherefrom", Argument.token("left"), Argument.token("right")),
                Argument.oneOf("whereto", Argument.token("left"), Argument.token("right")),
                Argument.of("timeout", Type.DOUBLE))
            .build(),
        true,
        5);
  }

  static Move brpoplpush() {
    return new Move(
        CommandSpec.command("brpoplpush", 4)
            .flags(WRITE, DENYOOM, NOSCRIPT, BLOCKING)
            .categories(AclCategory.LIST)
            .keys(
                KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
                KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
            .doc(
                "list",
                "2.2.0",
                "Moves the last element of a list to the head of another, or waits for one.")
            .arguments(
                Argument.key("source", 0),
                Argument.key("destination", 1),
                Argument.of("timeout", Type.DOUBLE))
            .build(),
        false,
        3);
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
    boolean mayWait = timeoutArgument != NEVER;
    long millis = mayWait ? BlockingTimeout.millis(request, timeoutArgument) : 0;
    ListValue source = call.findKey(1, ListValue.class);
    if (source != null) {
      move(call, source, from, to);
      if (mayWait) {
        record(call);
      }
    } else if (mayWait && !call.isInTransaction()) {
      call.waitForKeys(1, 1, ValueType.LIST, millis, RespWriter::nilArray);
    } else {
      call.reply().nil();
    }
  }

  private static void move(Call call, ListValue source, End from, End to) {
    ListValue destination = call.findKey(2, ListValue.class);
    byte[] element = source.pop(from);
    if (destination == null) {
      destination = new ListValue();
      call.putKey(2, destination);
    }
    destination.push(to, element, 0, element.length);
    call.changed(2, ListEvents.pushed(to));
    call.taken(1, ListEvents.popped(from), source.isEmpty());
    call.reply().bulk(element);
  }

  private void record(Call call) {
    Request request = call.request();
    if (namesEnds) {
      call.effect(
          Words.of("LMOVE"),
          request.bytes(1),
          request.bytes(2),
          request.bytes(3),
          request.bytes(4));
    } else {
      call.effect(Words.of("RPOPLPUSH"), request.bytes(1), request.bytes(2));
    }
  }
}
