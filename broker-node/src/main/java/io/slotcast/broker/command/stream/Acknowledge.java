package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;

/** XACK key group id [id …]: entries were dealt with; replies how many of them were pending. */
final class Acknowledge implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xack", -4)
          .flags(WRITE, FAST)
          .categories(AclCategory.STREAM)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("stream", "5.0.0", "Acknowledges entries, which are pending no more.")
          .complexity("O(log N) for each entry where N is how many are pending.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("group", Type.STRING),
              Argument.of("id", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StreamValue stream = call.findKey(1, StreamValue.class);
    ConsumerGroup group = GroupArgument.find(call, stream, 2);
    if (group == null) {
      call.reply().integer(0);
      return;
    }
    long acknowledged = 0;
    for (StreamId id : Delete.ids(call.request(), 3)) {
      PendingEntry entry = group.pending().find(id);
      if (entry != null) {
        group.removePending(entry);
        acknowledged++;
      }
    }
    if (acknowledged > 0) {
      call.changed(1);
    }
    call.reply().integer(acknowledged);
  }
}
