package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.string.StringValue;

/** MGET key [key …]: the strings of keys of one slot; null where there is none. */
final class MultiGet implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("mget", -2)
          .flags(READONLY, FAST)
          .categories(AclCategory.STRING)
          .tips("request_policy:multi_shard")
          .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("string", "1.0.0", "Returns the strings of several keys.")
          .complexity("O(N) where N is the number of keys to retrieve.")
          .arguments(Argument.key("key", 0).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    int count = call.request().count();
    call.reply().array(count - 1L);
    for (int i = 1; i < count; i++) {
      Get.reply(call.readKey(i) instanceof StringValue value ? value : null, call.reply());
    }
  }
}
