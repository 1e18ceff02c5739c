package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.MOVABLEKEYS;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;
import java.util.List;

/**
 * LMPOP numkeys key [key …] LEFT|RIGHT [COUNT count]: takes up to {@code count} elements from an
 * end of the first list that is there; replies its key and the elements, or null.
 */
final class MultiPop implements Command {
  private static final CommandSpec SPEC =
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
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    int keys = KeyCount.of(call, 1);
    int where = keys + 2;
    if (where >= request.count()) {
      throw CommandException.syntax();
    }
    End end = ListArguments.end(request, where);
    long count = count(call, where + 1);
    for (int i = 2; i < where; i++) {
      ListValue list = call.findKey(i, ListValue.class);
      if (list != null) {
        reply(call, i, list, end, Math.min(count, list.size()));
        ListKeys.taken(call, i, list);
        return;
      }
    }
    call.reply().nilArray();
  }

  private static void reply(Call call, int key, ListValue list, End end, long count) {
    Request request = call.request();
    call.reply().array(2);
    call.reply().bulk(request.array(), request.offset(key), request.length(key));
    call.reply().array(count);
    for (long i = 0; i < count; i++) {
      call.reply().bulk(list.pop(end));
    }
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
