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
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * XSETID key last-id [ENTRIESADDED count] [MAXDELETEDID id]: sets what a stream remembers of
 * entries that it does not have.
 */
final class SetId implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xsetid", -3)
          .flags(WRITE, DENYOOM, FAST)
          .categories(AclCategory.STREAM)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("stream", "5.0.0", "Sets the last id of a stream.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("last-id", Type.STRING),
              Argument.of("entries_added", Type.INTEGER).withToken("ENTRIESADDED").asOptional(),
              Argument.of("max_deleted_entry_id", Type.STRING)
                  .withToken("MAXDELETEDID")
                  .asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    StreamId id = IdArgument.of(request, 2);
    @Nullable Long added = null;
    @Nullable StreamId maxDeleted = null;
    for (int i = 3; i < request.count(); i += 2) {
      boolean hasMore = i + 1 < request.count();
      if (hasMore && request.is(i, "ENTRIESADDED")) {
        added = call.longArgument(i + 1);
        if (added < 0) {
          throw new CommandException("ERR entries_added must be positive");
        }
      } else if (hasMore && request.is(i, "MAXDELETEDID")) {
        maxDeleted = IdArgument.of(request, i + 1);
        if (id.isBefore(maxDeleted)) {
          throw new CommandException(
              "ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id");
        }
      } else {
        throw CommandException.syntax();
      }
    }
    StreamValue stream = call.findKey(1, StreamValue.class);
    if (stream == null) {
      throw new CommandException("ERR no such key");
    }
    check(stream, id, added);
    boolean setsDeleted = maxDeleted != null && !maxDeleted.equals(StreamId.MIN);
    stream.setIds(id, added, setsDeleted ? maxDeleted : null);
    call.changed(1, KeyEvent.XSETID);
    call.reply().ok();
  }

  private static void check(StreamValue stream, StreamId id, @Nullable Long added) {
    if (stream.length() > 0 && id.isBefore(stream.lastEntryId())) {
      throw new CommandException(
          "ERR The ID specified in XSETID is smaller than the target stream top item");
    }
    if (added != null && stream.length() > added) {
      throw new CommandException(
          "ERR The entries_added specified in XSETID is smaller than the target stream length");
    }
  }
}
