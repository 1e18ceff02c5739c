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
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;

/** XDEL key id [id …]: removes entries, delayed ones as well; replies how many were there. */
final class Delete implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xdel", -3)
          .flags(WRITE, FAST)
          .categories(AclCategory.STREAM)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
          .doc("stream", "5.0.0", "Removes entries of a stream by their ids.")
          .complexity("O(1) for each entry.")
          .arguments(Argument.key("key", 0), Argument.of("id", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StreamValue stream = call.findKey(1, StreamValue.class);
    if (stream == null) {
      call.reply().integer(0);
      return;
    }
    long deleted = 0;
    for (StreamId id : ids(call.request(), 2)) {
      // The delayed one first: so an effect takes back what then becomes visible.
      if (stream.cancel(id) || stream.delete(id)) {
        deleted++;
      }
    }
    if (deleted > 0) {
      call.changed(1, KeyEvent.XDEL);
    }
    call.reply().integer(deleted);
  }

  /** The ids in the arguments from there on: all are looked at before anything is done. */
  static StreamId[] ids(Request request, int from) {
    StreamId[] ids = new StreamId[request.count() - from];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = IdArgument.of(request, from + i);
    }
    return ids;
  }
}
