package io.slotcast.broker.command.set;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.resp.RespWriter;
import org.jspecify.annotations.Nullable;

/** SMEMBERS key. */
final class SetMembers implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("smembers", 2)
          .flags(CommandFlag.READONLY)
          .categories(AclCategory.SET)
          .tips("nondeterministic_output_order")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("set", "1.0.0", "Returns all members of a set.")
          .complexity("O(N) where N is the set cardinality.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    reply(call.reply(), call.readKey(1, SetValue.class));
  }

  /** A whole set; an empty one for null. */
  static void reply(RespWriter reply, @Nullable SetValue set) {
    reply.set(set == null ? 0 : set.size());
    if (set != null) {
      set.forEach(reply::bulk);
    }
  }
}
