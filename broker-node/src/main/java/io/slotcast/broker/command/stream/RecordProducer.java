package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.stream.Producers;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;

/**
 * XIDMPRECORD key producer own-id id: an entry that is there was added by a producer under an id of
 * its own. What an idempotent XADD leaves behind it as an effect, as in Redis 8.8.
 */
final class RecordProducer implements Command {
  static final byte[] XIDMPRECORD = Words.of("XIDMPRECORD");

  private static final CommandSpec SPEC =
      CommandSpec.command("xidmprecord", 5)
          .flags(WRITE, DENYOOM, FAST)
          .categories(AclCategory.STREAM)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("stream", "8.8.0", "Records which producer added an entry under which own id.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("pid", Type.STRING),
              Argument.of("iid", Type.STRING),
              Argument.of("stream-id", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StreamId id = IdArgument.of(call.request(), 4);
    byte[] producer = call.request().bytes(2);
    byte[] ownId = call.request().bytes(3);
    if (producer.length == 0 || ownId.length == 0) {
      throw new CommandException("ERR XIDMPRECORD requires a non-empty producer ID and own ID");
    }
    StreamValue stream = call.findKey(1, StreamValue.class);
    if (stream == null) {
      throw new CommandException("ERR no such key");
    }
    if (!stream.contains(id) && !stream.isDelayed(id)) {
      throw new CommandException("ERR The stream has no entry of that ID");
    }
    Producers producers = stream.makeProducers();
    StreamId known = producers.find(producer, ownId, call.nowMillis());
    if (known != null && !known.equals(id)) {
      throw new CommandException("ERR The producer has added another entry under that own ID");
    }
    if (known == null) {
      producers.record(producer, ownId, id, call.nowMillis());
      call.changed(1);
    }
    call.reply().ok();
  }
}
