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

/** STRLEN key: how many bytes the string has; 0 where there is no key. */
final class StringLength implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("strlen", 2)
          .flags(READONLY, FAST)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("string", "2.2.0", "Returns the length of the string of a key.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StringValue value = call.readKey(1, StringValue.class);
    call.reply().integer(value == null ? 0 : value.bytes().length);
  }
}
