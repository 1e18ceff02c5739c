package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;

/**
 * DEL key [key …] and UNLINK key [key …]: removes keys, replies how many were there. One is as fast
 * as the other here, for the memory is the garbage collector's to free.
 */
final class Delete implements Command {
  private final CommandSpec spec;

  private Delete(CommandSpec.Builder builder, String since, String complexity) {
    spec =
        builder
            .flags(WRITE)
            .categories(AclCategory.KEYSPACE)
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RM, KeySpec.Flag.DELETE))
            .doc("generic", since, "Removes keys.")
            .complexity(complexity)
            .arguments(Argument.key("key", 0).asMultiple())
            .build();
  }

  static Delete del() {
    return new Delete(
        CommandSpec.command("del", -2),
        "1.0.0",
        "O(N) where N is the number of keys that will be removed.");
  }

  static Delete unlink() {
    return new Delete(
        CommandSpec.command("unlink", -2).flags(FAST),
        "4.0.0",
        "O(1) for each key removed regardless of its size.");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    int removed = 0;
    for (int i = 1; i < call.request().count(); i++) {
      if (call.removeKey(i)) {
        call.changed(i, KeyEvent.DEL);
        removed++;
      }
    }
    call.reply().integer(removed);
  }
}
