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
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/** HGET key field: the value, or null. */
final class HashGet implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hget", 3)
          .flags(CommandFlag.READONLY, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("hash", "2.0.0", "Returns the value of a field of a hash.")
          .arguments(Argument.key("key", 0), Argument.of("field", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    reply(call, call.readKey(1, HashValue.class), 2);
  }

  /** The value of the field in argument {@code i}, or null. */
  static void reply(Call call, @Nullable HashValue hash, int i) {
    byte[] value = find(call, hash, i);
    if (value == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(value);
    }
  }

  static byte @Nullable [] find(Call call, @Nullable HashValue hash, int i) {
    Request request = call.request();
    return hash == null ? null : hash.get(request.array(), request.offset(i), request.length(i));
  }
}
