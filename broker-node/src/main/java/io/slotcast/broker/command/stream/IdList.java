package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.stream.References;
import io.slotcast.broker.keyspace.stream.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * {@code [KEEPREF | DELREF | ACKED] IDS numids id [id …]}, to the end of the arguments.
 *
 * @param references KEEPREF unless given
 */
record IdList(References references, StreamId[] ids) {
  /** For COMMAND DOCS. */
  static Argument doc() {
    return Argument.block(
            "ids", Argument.of("numids", Type.INTEGER), Argument.of("id", Type.STRING).asMultiple())
        .withToken("IDS");
  }

  /** Reads the arguments from there on. */
  static IdList parse(Call call, int from) {
    @Nullable References given = ReferencesArgument.at(call.request(), from);
    int at = given == null ? from : from + 1;
    boolean isComplete = at + 2 < call.request().count() && call.request().is(at, "IDS");
    if (!isComplete) {
      throw CommandException.syntax();
    }
    if (!call.request().isLong(at + 1) || call.request().toLong(at + 1) <= 0) {
      throw new CommandException("ERR Number of IDs must be a positive integer");
    }
    if (call.request().toLong(at + 1) != call.request().count() - at - 2L) {
      throw new CommandException("ERR The `numids` parameter must match the number of arguments");
    }
    References references = given == null ? References.KEEPREF : given;
    return new IdList(references, Delete.ids(call.request(), at + 2));
  }
}
