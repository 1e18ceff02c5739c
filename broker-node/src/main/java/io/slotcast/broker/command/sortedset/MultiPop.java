package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
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
import io.slotcast.broker.command.MultiPopForm;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.Request;
import java.util.List;

/**
 * ZMPOP numkeys key [key …] MIN|MAX [COUNT count]: takes up to {@code count} entries from an end of
 * the first sorted set that is there; replies its key and the entries, or null. BZMPOP begins with
 * a timeout, and waits for one.
 */
final class MultiPop implements Command {
  private final CommandSpec spec;
  private final boolean mayWait;

  private MultiPop(CommandSpec spec, boolean mayWait) {
    this.spec = spec;
    this.mayWait = mayWait;
  }

  static MultiPop zmpop() {
    return new MultiPop(
        CommandSpec.command("zmpop", -4)
            .flags(WRITE, MOVABLEKEYS)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.numbered(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc("sorted-set", "7.0.0", "Takes members from the first sorted set that has any.")
            .complexity(
                "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.")
            .arguments(
                Argument.of("numkeys", Type.INTEGER),
                Argument.key("key", 0).asMultiple(),
                Argument.oneOf("where", Argument.token("min"), Argument.token("max")),
                Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional())
            .build(),
        false);
  }

  static MultiPop bzmpop() {
    return new MultiPop(
        CommandSpec.command("bzmpop", -5)
            .flags(WRITE, BLOCKING, MOVABLEKEYS)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.numbered(2, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc(
                "sorted-set",
                "7.0.0",
                "Takes members from the first sorted set that has any, or waits for one.")
            .complexity(
                "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements in the sorted set, and M being the number of elements popped.")
            .arguments(
                Argument.of("timeout", Type.DOUBLE),
                Argument.of("numkeys", Type.INTEGER),
                Argument.key("key", 0).asMultiple(),
                Argument.oneOf("where", Argument.token("min"), Argument.token("max")),
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
    MultiPopForm<Popping> form = MultiPopForm.parse(call, mayWait, MultiPop::end);
    for (int i = form.first(); i < form.where(); i++) {
      SortedSetValue set = call.findKey(i, SortedSetValue.class);
      if (set != null) {
        take(call, i, set, form.end(), form.count());
        return;
      }
    }
    form.foundNothing(call, ValueType.SORTED_SET);
  }

  private static void take(Call call, int key, SortedSetValue set, Popping end, long count) {
    Request request = call.request();
    List<ScoredMember> entries = end.take(call, key, set, count);
    call.effect(end.effectName(), request.bytes(key), Words.of(entries.size()));
    call.reply().array(2);
    call.reply().bulk(request.array(), request.offset(key), request.length(key));
    call.reply().array(entries.size());
    for (ScoredMember entry : entries) {
      call.reply().array(2);
      call.reply().bulk(entry.member());
      call.reply().decimal(entry.score());
    }
  }

  private static Popping end(Request request, int i) {
    if (request.is(i, "MIN")) {
      return Popping.MIN;
    } else if (request.is(i, "MAX")) {
      return Popping.MAX;
    }
    throw CommandException.syntax();
  }
}
