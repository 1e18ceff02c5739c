package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.keyspace.rdb.RdbException;

/** DUMP key: its value as RESTORE takes it, here and on Redis; or null. */
final class Dump implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("dump", 2)
          .flags(READONLY)
          .categories(AclCategory.KEYSPACE)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("generic", "2.6.0", "Returns the value of a key in a form that RESTORE takes.")
          .complexity(
              "O(1) to access the key and additional O(N*M) to serialize it, where N is the number of Redis objects composing the value and M their average size. For small string values the time complexity is thus O(1)+O(1*M) where M is small, so simply O(1).")
          .arguments(Argument.key("key", 0))
          .build();

  private final DumpPayload payload;

  Dump(DumpPayload payload) {
    this.payload = payload;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Value value = call.readKey(1);
    if (value == null) {
      call.reply().nil();
      return;
    }
    try {
      call.reply().bulk(payload.of(value));
    } catch (RdbException tooLarge) {
      throw new CommandException("ERR value is too large to be dumped");
    }
  }
}
