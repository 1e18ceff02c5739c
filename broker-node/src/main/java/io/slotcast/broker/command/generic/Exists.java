package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;

/** EXISTS key [key …]: how many of the keys are there; one that is named twice counts twice. */
final class Exists implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("exists", -2)
          .flags(READONLY, FAST)
          .categories(AclCategory.KEYSPACE)
          .tips("request_policy:multi_shard", "response_policy:agg_sum")
          .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RO))
          .doc("generic", "1.0.0", "Counts the keys that are there.")
          .complexity("O(N) where N is the number of keys to check.")
          .arguments(Argument.key("key", 0).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    int present = 0;
    for (int i = 1; i < call.request().count(); i++) {
      present += call.lookAtKey(i) == null ? 0 : 1;
    }
    call.reply().integer(present);
  }
}
