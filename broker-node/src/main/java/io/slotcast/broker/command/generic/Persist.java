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
import io.slotcast.broker.keyspace.Value;

/** PERSIST key: takes a key's expiry away; replies 1, or 0 where there is none. */
final class Persist implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("persist", 2)
          .flags(WRITE, FAST)
          .categories(AclCategory.KEYSPACE)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("generic", "2.2.0", "Takes the expiry of a key away.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Value value = call.findKey(1);
    if (value == null || !value.expires()) {
      call.reply().integer(0);
      return;
    }
    call.keys().expireAt(value, Value.NEVER);
    call.changed(1, KeyEvent.PERSIST);
    call.reply().integer(1);
  }
}
