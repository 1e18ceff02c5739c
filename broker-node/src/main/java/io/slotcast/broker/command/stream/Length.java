package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.StreamValue;

/** XLEN key: how many entries a stream has; 0 where there is no key. */
final class Length implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xlen", 2)
          .flags(READONLY, FAST)
          .categories(AclCategory.STREAM)
          .keys(KeySpec.one(1, KeySpec.Flag.RO))
          .doc("stream", "5.0.0", "Counts the entries of a stream.")
          .arguments(Argument.key("key", 0))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StreamValue stream = call.readKey(1, StreamValue.class);
    call.reply().integer(stream == null ? 0 : stream.length());
  }
}
