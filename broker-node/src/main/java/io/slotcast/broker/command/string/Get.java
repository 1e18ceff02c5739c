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
import io.slotcast.broker.resp.RespWriter;
import org.jspecify.annotations.Nullable;

/** GET key: the string, or null. */
final class Get implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("get", 2)
          .flags(READONLY, FAST)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("string", "1.0.0", "Returns the string of a key.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    reply(call.readKey(1, StringValue.class), call.reply());
  }

  static void reply(@Nullable StringValue value, RespWriter reply) {
    if (value == null) {
      reply.nil();
    } else {
      reply.bulk(value.bytes());
    }
  }
}
