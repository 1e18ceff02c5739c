package io.slotcast.broker.command.set;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CountArgument;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.set.SetValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * SPOP key [count]: one member or null, or a set of up to {@code count}. Recorded as what it
 * removed.
 */
final class SetPop implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("spop", -2)
          .flags(CommandFlag.WRITE, CommandFlag.FAST)
          .categories(AclCategory.SET)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
          .doc("set", "1.0.0", "Removes random members from a set and returns them.")
          .complexity(
              "Without the count argument O(1), otherwise O(N) where N is the value of the passed count.")
          .arguments(Argument.key("key", 0), Argument.of("count", Type.INTEGER).asOptional())
          .build();

  private final Supplier<RandomGenerator> random;

  SetPop(Supplier<RandomGenerator> random) {
    this.random = random;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (call.request().count() > 3) {
      throw CommandException.syntax();
    }
    boolean single = call.request().count() == 2;
    long count = single ? 1 : CountArgument.positive(call, 2);
    SetValue set = call.findKey(1, SetValue.class);
    if (set == null && single) {
      call.reply().nil();
      return;
    }
    List<byte[]> popped = set == null || count == 0 ? List.of() : pop(call, set, count);
    if (!single) {
      call.reply().set(popped.size());
    }
    popped.forEach(call.reply()::bulk);
  }

  private List<byte[]> pop(Call call, SetValue set, long count) {
    if (count >= set.size()) {
      List<byte[]> all = set.members();
      call.effect(Words.DEL, call.request().bytes(1));
      call.taken(1, KeyEvent.SPOP, true);
      return all;
    }
    List<byte[]> popped = new ArrayList<>((int) count);
    while (popped.size() < count) {
      byte[] member = set.random(random.get());
      set.remove(member);
      popped.add(member);
    }
    List<byte[]> effect = new ArrayList<>(popped.size() + 2);
    effect.add(Words.of("SREM"));
    effect.add(call.request().bytes(1));
    effect.addAll(popped);
    call.effect(effect.toArray(byte[][]::new));
    call.changed(1, KeyEvent.SPOP);
    return popped;
  }
}
