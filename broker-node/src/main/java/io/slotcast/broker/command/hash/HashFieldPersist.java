package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.resp.Request;

/**
 * HPERSIST key FIELDS count field [field …]: takes the expiry of fields away. Replies for each 1,
 * -1 where it has none, -2 where there is no such field.
 */
final class HashFieldPersist implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hpersist", -5)
          .flags(CommandFlag.WRITE, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("hash", "7.4.0", "Takes the expiry of fields of a hash away.")
          .complexity("O(N) where N is the number of specified fields")
          .arguments(Argument.key("key", 0), FieldsArgument.syntax())
          .build();

  private static final int NO_FIELD = -2;
  private static final int NO_EXPIRY = -1;

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    HashValue hash = call.findKey(1, HashValue.class);
    int first = FieldsArgument.first(call, 2, "ERR Number of fields must be a positive integer");
    boolean changed = false;
    call.reply().array(request.count() - first);
    for (int i = first; i < request.count(); i++) {
      byte[] field = request.bytes(i);
      if (hash == null || hash.get(field) == null) {
        call.reply().integer(NO_FIELD);
      } else if (hash.persistField(field)) {
        changed = true;
        call.reply().integer(1);
      } else {
        call.reply().integer(NO_EXPIRY);
      }
    }
    if (changed) {
      call.changed(1, KeyEvent.HPERSIST);
    }
  }
}
