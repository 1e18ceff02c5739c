package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
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
 * BLPOP and BRPOP key [key …] timeout: takes an element from an end of the first list that is
 * there, or waits for one; replies the key and the element, or null when the time is over.
 */
final class BlockingPop implements Command {
  private final CommandSpec spec;
  private final End end;

  private BlockingPop(CommandSpec spec, End end) {
    this.spec = spec;
    this.end = end;
  }

  static BlockingPop blpop() {
    return new BlockingPop(
        CommandSpec.command("blpop", -3)
            .flags(WRITE, NOSCRIPT, BLOCKING)
            .categories(AclCategory.LIST)
            .keys(
                KeySpec.range(1, -2, 1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc("list", "2.0.0", "Takes an element from the head of a list, or waits for one.")
            .complexity("O(N) where N is the number of provided keys.")
            .arguments(Argument.key("key", 0).asMultiple(), Argument.of("timeout", Type.DOUBLE))
            .build(),
        End.LEFT);
  }

  static BlockingPop brpop() {
    return new BlockingPop(
        CommandSpec.command("brpop", -3)
            .flags(WRITE, NOSCRIPT, BLOCKING)
            .categories(AclCategory.LIST)
            .keys(
                KeySpec.range(1, -2, 1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc("list", "2.0.0", "Takes an element from the tail of a list, or waits for one.")
            .complexity("O(N) where N is the number of provided keys.")
            .arguments(Argument.key("key", 0).asMultiple(), Argument.of("timeout", Type.DOUBLE))
            .build(),
        End.RIGHT);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    int last = request.count() - 2;
    long millis = BlockingTimeout.millis(request, last + 1);
    for (int i = 1; i <= last; i++) {
      ListValue list = call.findKey(i, ListValue.class);
      if (list != null) {
        call.reply().array(2);
        call.reply().bulk(request.array(), request.offset(i), request.length(i));
        call.reply().bulk(list.pop(end));
        call.taken(i, ListEvents.popped(end), list.isEmpty());
        call.effect(Words.of(end == End.LEFT ? "LPOP" : "RPOP"), request.bytes(i));
        return;
      }
    }
    call.waitForKeys(1, last, ValueType.LIST, millis, RespWriter::nilArray);
  }
}
