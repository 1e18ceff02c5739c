package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.Value;

/** TOUCH key [key …]: counts the keys that are there, all of which are used by that. */
final class Touch implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("touch", -2)
          .flags(READONLY, FAST)
          .categories(AclCategory.KEYSPACE)
          .tips("request_policy:multi_shard", "response_policy:agg_sum")
          .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RO))
          .doc("generic", "3.2.1", "Counts the keys that are there.")
          .complexity("O(N) where N is the number of keys that will be touched.")
          .arguments(Argument.key("key", 0).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    int found = 0;
    for (int i = 1; i < call.request().count(); i++) {
      Value value = call.lookAtKey(i);
      if (value != null) {
        // Even for a client that otherwise leaves no trace.
        call.keys().use().again(value, call.nowMillis());
        found++;
      }
    }
    call.reply().integer(found);
  }
}
