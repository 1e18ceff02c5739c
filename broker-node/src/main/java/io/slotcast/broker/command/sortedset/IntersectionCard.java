package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.MOVABLEKEYS;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CountArgument;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.resp.Request;
import java.util.List;

/** ZINTERCARD numkeys key [key …] [LIMIT limit]: counts up to the limit, 0 for none. */
final class IntersectionCard implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("zintercard", -3)
          .flags(READONLY, MOVABLEKEYS)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.numbered(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "7.0.0", "Returns how many members all of several sorted sets have.")
          .complexity(
              "O(N*K) worst case with N being the smallest input sorted set, K being the number of input sorted sets.")
          .arguments(
              Argument.of("numkeys", Type.INTEGER),
              Argument.key("key", 0).asMultiple(),
              Argument.of("limit", Type.INTEGER).withToken("LIMIT").asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    List<Input> inputs = Combination.inputs(call, 1, SPEC.name());
    long limit = 0;
    for (int i = 2 + inputs.size(); i < request.count(); i += 2) {
      if (!request.is(i, "LIMIT") || i + 1 == request.count()) {
        throw CommandException.syntax();
      }
      limit = CountArgument.atLeast(call, i + 1, 0, "ERR LIMIT can't be negative");
    }
    int size = Operation.INTERSECTION.apply(inputs, Aggregate.SUM).size();
    call.reply().integer(limit == 0 ? size : Math.min(limit, size));
  }
}
