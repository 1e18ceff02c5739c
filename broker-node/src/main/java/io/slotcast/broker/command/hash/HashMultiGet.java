package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.hash.HashValue;

/** HMGET key field [field …]: null for a field that is not there. */
final class HashMultiGet implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hmget", -3)
          .flags(CommandFlag.READONLY, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("hash", "2.0.0", "Returns the values of several fields of a hash.")
          .complexity("O(N) where N is the number of fields being requested.")
          .arguments(Argument.key("key", 0), Argument.of("field", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    HashValue hash = call.readKey(1, HashValue.class);
    call.reply().array(call.request().count() - 2L);
    for (int i = 2; i < call.request().count(); i++) {
      HashGet.reply(call, hash, i);
    }
  }
}
