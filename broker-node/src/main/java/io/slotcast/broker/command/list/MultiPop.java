package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
import static io.slotcast.broker.command.CommandFlag.MOVABLEKEYS;
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
import java.util.List;

/**
 * LMPOP numkeys key [key …] LEFT|RIGHT [COUNT count]: takes up to {@code count} elements from an
 * end of the first list that is there; replies its key and the elements, or null. BLMPOP begins
 * with a timeout, and waits for one.
 */
final class MultiPop implements Command {
  private final CommandSpec spec;
  private final boolean mayWait;

  private MultiPop(CommandSpec spec, boolean mayWait) {
    this.spec = spec;
    this.mayWait = mayWait;
  }

  static MultiPop lmpop() {
    return new MultiPop(
        CommandSpec.command("lmpop", -4)
            .flags(WRITE, MOVABLEKEYS)
            .categories(AclCategory.LIST)
            .keys(
                new KeySpec(
                    List.of(KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
                    new KeySpec.Begin.Index(1),
                    new KeySpec.Find.KeyNum(0, 1, 1)))
            .doc("list", "7.0.0", "Takes elements from the first list that has any.")
            .complexity(
                "O(N+M) where N is the number of provided keys and M is the number of elements returned.")
            .arguments(
                Argument.of("numkeys", Type.INTEGER),
                Argument.key("key", 0).asMultiple(),
                Argument.oneOf("where", Argument.token("left"), Argument.token("right")),
                Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional())
            .build(),
        false);
  }

  static MultiPop blmpop() {
    return new MultiPop(
        CommandSpec.command("blmpop", -5)
            .flags(WRITE, BLOCKING, MOVABLEKEYS)
            .categories(AclCategory.LIST)
            .keys(
                new KeySpec(
                    List.of(KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
                    new KeySpec.Begin.Index(2),
                    new KeySpec.Find.KeyNum(0, 1, 1)))
            .doc(
                "list",
                "7.0.0",
                "Takes elements from the first list that has any, or waits for one.")
            .complexity(
                "O(N+M) where N is the number of provided keys and M is the number of elements returned.")
            .arguments(
                Argument.of("timeout", Type.DOUBLE),
                Argument.of("numkeys", Type.INTEGER),
                Argument.key("key", 0).asMultiple(),
                Argument.oneOf("where", Argument.token("left"), Argument.token("right")),
                Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional())
            .build(),
        true);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    int first = mayWait ? 3 : 2;
    int where = first + CountArgument.keysBeforeMore(call, first - 1);
    End end = ListArguments.end(request, where);
    long count = count(call, where + 1);
    long millis = mayWait ? BlockingTimeout.millis(request, 1) : 0;
    for (int i = first; i < where; i++) {
      ListValue list = call.findKey(i, ListValue.class);
      if (list != null) {
        take(call, i, list, end, Math.min(count, list.size()));
        return;
      }
    }
    if (mayWait) {
      call.waitForKeys(first, where - 1, ValueType.LIST, millis, RespWriter::nilArray);
    } else {
      call.reply().nilArray();
    }
  }

  private static void take(Call call, int key, ListValue list, End end, long count) {
    Request request = call.request();
    call.reply().array(2);
    call.reply().bulk(request.array(), request.offset(key), request.length(key));
    call.reply().array(count);
    for (long i = 0; i < count; i++) {
      call.reply().bulk(list.pop(end));
    }
    ListKeys.taken(call, key, list, ListKeys.popped(end));
    call.effect(Words.of(end == End.LEFT ? "LPOP" : "RPOP"), request.bytes(key), Words.of(count));
  }

  private static long count(Call call, int from) {
    Request request = call.request();
    long count = -1;
    for (int i = from; i < request.count(); i += 2) {
      if (count != -1 || !request.is(i, "COUNT") || i + 1 == request.count()) {
        throw CommandException.syntax();
      }
      if (!request.isLong(i + 1) || request.toLong(i + 1) <= 0) {
        throw new CommandException("ERR count should be greater than 0");
      }
      count = request.toLong(i + 1);
    }
    return count == -1 ? 1 : count;
  }
}
