package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.string.StringValue;

/** GETSET key value: SET, replying the string before. */
final class GetSet implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("getset", 3)
          .flags(WRITE, DENYOOM, FAST)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.UPDATE))
          .doc("string", "1.0.0", "Stores a string under a key and returns the one before.")
          .arguments(Argument.key("key", 0), Argument.of("value", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Get.reply(call.readKey(1, StringValue.class), call.reply());
    Set.store(call, 1, call.findKey(1), 2, Value.NEVER);
  }
}
