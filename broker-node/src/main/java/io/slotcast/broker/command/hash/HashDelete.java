package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.resp.Request;

/** HDEL key field [field …]: replies how many were there. */
final class HashDelete implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hdel", -3)
          .flags(CommandFlag.WRITE, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
          .doc("hash", "2.0.0", "Removes fields from a hash.")
          .complexity("O(N) where N is the number of fields to be removed.")
          .arguments(Argument.key("key", 0), Argument.of("field", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    HashValue hash = call.findKey(1, HashValue.class);
    int removed = 0;
    for (int i = 2; hash != null && i < request.count(); i++) {
      if (hash.remove(request.array(), request.offset(i), request.length(i))) {
        removed++;
      }
    }
    if (hash != null && removed > 0) {
      call.taken(1, KeyEvent.HDEL, hash.size() == 0);
    }
    call.reply().integer(removed);
  }
}
