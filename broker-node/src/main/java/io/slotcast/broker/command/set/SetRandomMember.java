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
import io.slotcast.broker.command.RandomChoice;
import io.slotcast.broker.keyspace.set.SetValue;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * SRANDMEMBER key [count]: one member or null; several distinct ones; or, if the count is negative,
 * so many with repetition.
 */
final class SetRandomMember implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("srandmember", -2)
          .flags(CommandFlag.READONLY)
          .categories(AclCategory.SET)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("set", "1.0.0", "Returns random members of a set.")
          .complexity(
              "Without the count argument O(1), otherwise O(N) where N is the absolute value of the passed count.")
          .arguments(Argument.key("key", 0), Argument.of("count", Type.INTEGER).asOptional())
          .build();

  private final Supplier<RandomGenerator> random;

  SetRandomMember(Supplier<RandomGenerator> random) {
    this.random = random;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    int arguments = call.request().count();
    if (arguments > 3) {
      throw CommandException.syntax();
    }
    if (arguments == 2) {
      SetValue set = call.readKey(1, SetValue.class);
      if (set == null) {
        call.reply().nil();
      } else {
        call.reply().bulk(set.random(random.get()));
      }
      return;
    }
    long count = CountArgument.random(call, 2);
    replySeveral(call, call.readKey(1, SetValue.class), count);
  }

  private void replySeveral(Call call, @Nullable SetValue set, long count) {
    if (set == null || count == 0) {
      call.reply().array(0);
    } else if (count < 0) {
      call.reply().array(-count);
      for (long i = 0; i < -count; i++) {
        call.reply().bulk(set.random(random.get()));
      }
    } else {
      List<byte[]> members = RandomChoice.distinct(set.members(), count, random.get());
      call.reply().array(members.size());
      members.forEach(call.reply()::bulk);
    }
  }
}
