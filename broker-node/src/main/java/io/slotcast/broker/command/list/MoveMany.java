package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.BlockingTimeout;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CountArgument;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LMOVEM source destination LEFT|RIGHT LEFT|RIGHT [COUNT count | EXACTLY count OBO | BULK]: moves
 * elements from an end of one list to an end of another, or of the same, and replies them in the
 * order that they have there. EXACTLY moves so many or none, and then replies null. One by one
 * (OBO) they come to lie over each other as with so many LMOVEs, in bulk they keep their order.
 * BLMOVEM has a timeout before COUNT or EXACTLY, and waits until there are enough. As of Redis
 * 8.10.
 */
final class MoveMany implements Command {
  private final CommandSpec spec;
  private final boolean mayWait;

  private MoveMany(CommandSpec spec, boolean mayWait) {
    this.spec = spec;
    this.mayWait = mayWait;
  }

  static MoveMany lmovem() {
    return new MoveMany(
        spec("lmovem", -5, "Moves elements from an end of a list to an end of another.")
            .flags(WRITE, DENYOOM)
            .arguments(lists())
            .arguments(howMany())
            .build(),
        false);
  }

  static MoveMany blmovem() {
    return new MoveMany(
        spec("blmovem", -6, "Moves elements from a list to another, or waits for them.")
            .flags(WRITE, DENYOOM, BLOCKING)
            .arguments(lists())
            .arguments(Argument.of("timeout", Type.DOUBLE), howMany())
            .build(),
        true);
  }

  private static CommandSpec.Builder spec(String name, int arity, String summary) {
    return CommandSpec.command(name, arity)
        .categories(AclCategory.LIST)
        .keys(
            KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
            KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
        .doc("list", "8.10.0", summary)
        .complexity("O(N) where N is the number of elements that are moved.");
  }

  private static Argument[] lists() {
    return new Argument[] {
      Argument.key("source", 0),
      Argument.key("destination", 1),
      Argument.oneOf("wherefrom", Argument.token("left"), Argument.token("right")),
      Argument.oneOf("whereto", Argument.token("left"), Argument.token("right"))
    };
  }

  private static Argument howMany() {
    return Argument.block(
            "how-many",
            Argument.oneOf(
                "selector",
                Argument.of("count", Type.INTEGER).withToken("COUNT"),
                Argument.of("exactly", Type.INTEGER).withToken("EXACTLY")),
            Argument.oneOf("ordering", Argument.token("obo"), Argument.token("bulk")))
        .asOptional();
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  /** Without a count it is one element, whether one by one or in bulk. */
  private record HowMany(long count, boolean exactly, boolean inBulk) {
    /** How many elements there must be. */
    long least() {
      return exactly ? count : 1;
    }
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    End from = ListArguments.end(request, 3);
    End to = ListArguments.end(request, 4);
    long millis = mayWait ? BlockingTimeout.millis(request, 5) : 0;
    HowMany howMany = howMany(call, mayWait ? 6 : 5);
    ListValue source = call.findKey(1, ListValue.class);
    long there = source == null ? 0 : source.size();
    if (source != null && there >= howMany.least()) {
      move(call, source, from, to, howMany);
    } else if (mayWait) {
      call.noEffect();
      call.waitForKeys(1, 1, ValueType.LIST, millis, RespWriter::nilArray);
    } else if (howMany.exactly()) {
      call.reply().nilArray();
    } else {
      call.reply().array(0);
    }
  }

  private static HowMany howMany(Call call, int i) {
    Request request = call.request();
    if (request.count() == i) {
      return new HowMany(1, false, false);
    }
    boolean exactly = request.is(i, "EXACTLY");
    if (request.count() != i + 3 || !(exactly || request.is(i, "COUNT"))) {
      throw CommandException.syntax();
    }
    long count = CountArgument.atLeast(call, i + 1, 1, "ERR count should be greater than 0");
    boolean inBulk = request.is(i + 2, "BULK");
    if (!inBulk && !request.is(i + 2, "OBO")) {
      throw CommandException.syntax();
    }
    return new HowMany(count, exactly, inBulk);
  }

  private void move(Call call, ListValue source, End from, End to, HowMany howMany) {
    @Nullable ListValue found = call.findKey(2, ListValue.class);
    int count = (int) Math.min(howMany.count(), source.size());
    List<byte[]> block = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      block.add(source.pop(from));
    }
    End fixed = howMany.inBulk() ? from : to.other();
    if (fixed == End.RIGHT) {
      Collections.reverse(block);
    }
    ListValue destination = found == null ? new ListValue() : found;
    if (found == null) {
      call.putKey(2, destination);
    }
    push(destination, to, block);
    call.changed(2, ListEvents.pushed(to));
    call.taken(1, ListEvents.popped(from), source.isEmpty());
    call.reply().array(count);
    block.forEach(call.reply()::bulk);
    if (mayWait) {
      record(call, count, howMany);
    }
  }

  /** Adds elements at an end, in the order that they have from there on. */
  private static void push(ListValue destination, End end, List<byte[]> block) {
    List<byte[]> inTurn = end == End.LEFT ? block.reversed() : block;
    inTurn.forEach(element -> destination.push(end, element, 0, element.length));
  }

  private static void record(Call call, int count, HowMany howMany) {
    Request request = call.request();
    call.effect(
        Words.of("LMOVEM"),
        request.bytes(1),
        request.bytes(2),
        request.bytes(3),
        request.bytes(4),
        Words.of("EXACTLY"),
        Words.of(count),
        Words.of(howMany.inBulk() ? "BULK" : "OBO"));
  }
}
