package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
import static io.slotcast.broker.command.CommandFlag.FAST;
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
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;

/**
 * BZPOPMIN and BZPOPMAX key [key …] timeout: takes the entry with the lowest or the highest score
 * of the first sorted set that is there, or waits for one; replies the key, the member and its
 * score, or null when the time is over.
 */
final class BlockingPop implements Command {
  private final CommandSpec spec;
  private final Popping end;

  private BlockingPop(CommandSpec spec, Popping end) {
    this.spec = spec;
    this.end = end;
  }

  static BlockingPop bzpopmin() {
    return new BlockingPop(
        CommandSpec.command("bzpopmin", -3)
            .flags(WRITE, NOSCRIPT, FAST, BLOCKING)
            .categories(AclCategory.SORTEDSET)
            .keys(
                KeySpec.range(1, -2, 1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc("sorted-set", "5.0.0", "Takes the member with the lowest score, or waits for one.")
            .complexity("O(log(N)) with N being the number of elements in the sorted set.")
            .arguments(Argument.key("key", 0).asMultiple(), Argument.of("timeout", Type.DOUBLE))
            .build(),
        Popping.MIN);
  }

  static BlockingPop bzpopmax() {
    return new BlockingPop(
        CommandSpec.command("bzpopmax", -3)
            .flags(WRITE, NOSCRIPT, FAST, BLOCKING)
            .categories(AclCategory.SORTEDSET)
            .keys(
                KeySpec.range(1, -2, 1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
            .doc(
                "sorted-set", "5.0.0", "Takes the member with the highest score, or waits for one.")
            .complexity("O(log(N)) with N being the number of elements in the sorted set.")
            .arguments(Argument.key("key", 0).asMultiple(), Argument.of("timeout", Type.DOUBLE))
            .build(),
        Popping.MAX);
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
      SortedSetValue set = call.findKey(i, SortedSetValue.class);
      if (set != null) {
        ScoredMember taken = end.take(call, i, set, 1).getFirst();
        call.effect(end.effectName(), request.bytes(i));
        call.reply().array(3);
        call.reply().bulk(request.array(), request.offset(i), request.length(i));
        call.reply().bulk(taken.member());
        call.reply().decimal(taken.score());
        return;
      }
    }
    call.waitForKeys(1, last, ValueType.SORTED_SET, millis, RespWriter::nilArray);
  }
}
