package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
import static io.slotcast.broker.command.CommandFlag.MOVABLEKEYS;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.MultiPopForm;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;
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
    MultiPopForm<End> form = MultiPopForm.parse(call, mayWait, ListArguments::end);
    for (int i = form.first(); i < form.where(); i++) {
      ListValue list = call.findKey(i, ListValue.class);
      if (list != null) {
        take(call, i, list, form.end(), Math.min(form.count(), list.size()));
        return;
      }
    }
    form.foundNothing(call, ValueType.LIST);
  }

  private static void take(Call call, int key, ListValue list, End end, long count) {
    Request request = call.request();
    call.reply().array(2);
    call.reply().bulk(request.array(), request.offset(key), request.length(key));
    call.reply().array(count);
    for (long i = 0; i < count; i++) {
      call.reply().bulk(list.pop(end));
    }
    call.taken(key, ListEvents.popped(end), list.isEmpty());
    call.effect(Words.of(end == End.LEFT ? "LPOP" : "RPOP"), request.bytes(key), Words.of(count));
  }
}
