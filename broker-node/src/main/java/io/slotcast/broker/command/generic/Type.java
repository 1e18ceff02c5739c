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

/** TYPE key: the name of what the key holds, {@code none} if it is not there. */
final class Type implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("type", 2)
          .flags(READONLY, FAST)
          .categories(AclCategory.KEYSPACE)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("generic", "1.0.0", "Tells the type of what a key holds.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Value value = call.lookAtKey(1);
    call.reply().simple(value == null ? "none" : value.type().redisName());
  }
}
