package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CountArgument;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import java.util.List;

/**
 * ZPOPMIN and ZPOPMAX key [count]: takes the entry with the lowest or the highest score, or several
 * of them; the last one takes the key with it.
 */
final class Pop implements Command {
  private final CommandSpec spec;
  private final Popping end;

  private Pop(CommandSpec spec, Popping end) {
    this.spec = spec;
    this.end = end;
  }

  static Pop zpopmin() {
    return new Pop(
        CommandSpec.command("zpopmin", -2)
            .flags(WRITE, FAST)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc("sorted-set", "5.0.0", "Takes the members with the lowest scores.")
            .complexity(
                "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.")
            .arguments(Argument.key("key", 0), Argument.of("count", Type.INTEGER).asOptional())
            .build(),
        Popping.MIN);
  }

  static Pop zpopmax() {
    return new Pop(
        CommandSpec.command("zpopmax", -2)
            .flags(WRITE, FAST)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc("sorted-set", "5.0.0", "Takes the members with the highest scores.")
            .complexity(
                "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number of elements popped.")
            .arguments(Argument.key("key", 0), Argument.of("count", Type.INTEGER).asOptional())
            .build(),
        Popping.MAX);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    int arguments = call.request().count();
    if (arguments > 3) {
      throw CommandException.syntax();
    }
    long count = arguments == 3 ? CountArgument.positive(call, 2) : 1;
    SortedSetValue set = call.findKey(1, SortedSetValue.class);
    if (set == null) {
      call.reply().array(0);
      return;
    }
    List<ScoredMember> entries = end.take(call, 1, set, count);
    if (arguments == 3) {
      new EntryReply(call.reply(), true).entries(entries);
    } else {
      ScoredMember only = entries.getFirst();
      call.reply().array(2);
      call.reply().bulk(only.member());
      call.reply().decimal(only.score());
    }
  }
}
