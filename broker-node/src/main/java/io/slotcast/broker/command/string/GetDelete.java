package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.string.StringValue;

/** GETDEL key: the string, which is removed, or null. */
final class GetDelete implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("getdel", 2)
          .flags(WRITE, FAST)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE))
          .doc("string", "6.2.0", "Returns the string of a key and removes the key.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Get.reply(call.readKey(1, StringValue.class), call.reply());
    if (call.removeKey(1)) {
      call.changed(1, KeyEvent.DEL);
    }
  }
}
