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

/** SETNX key value: stores a string where there is no key; replies 1 if it did, else 0. */
final class SetIfAbsent implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("setnx", 3)
          .flags(WRITE, DENYOOM, FAST)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.INSERT))
          .doc("string", "1.0.0", "Stores a string under a key that is not there.")
          .arguments(Argument.key("key", 0), Argument.of("value", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    boolean absent = call.findKey(1) == null;
    if (absent) {
      Set.store(call, 1, null, 2, Value.NEVER);
    }
    call.reply().integer(absent ? 1 : 0);
  }
}
