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
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.resp.Request;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** SINTERCARD numkeys key [key …] [LIMIT limit]: counts up to the limit, 0 for none. */
final class SetIntersectionCard implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("sintercard", -3)
          .flags(CommandFlag.READONLY)
          .categories(AclCategory.SET)
          .keys(KeySpec.numbered(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("set", "7.0.0", "Returns how many members all of several sets have.")
          .complexity(
              "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.")
          .arguments(
              Argument.of("numkeys", Type.INTEGER),
              Argument.key("key", 0).asMultiple(),
              Argument.of("limit", Type.INTEGER).withToken("LIMIT").asOptional())
          .build();

  private final LongSupplier maxIntegers;

  SetIntersectionCard(LongSupplier maxIntegers) {
    this.maxIntegers = maxIntegers;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    int keys = CountArgument.keys(call, 1);
    long limit = 0;
    for (int i = 2 + keys; i < request.count(); i += 2) {
      if (!request.is(i, "LIMIT") || i + 1 == request.count()) {
        throw CommandException.syntax();
      }
      limit = CountArgument.atLeast(call, i + 1, 0, "ERR LIMIT can't be negative");
    }
    List<@Nullable SetValue> inputs = SetCombination.inputs(call, 2, keys);
    SetValue result = new SetValue(maxIntegers.getAsLong());
    int size = SetOperation.INTERSECTION.apply(inputs, result).size();
    call.reply().integer(limit == 0 ? size : Math.min(limit, size));
  }
}
