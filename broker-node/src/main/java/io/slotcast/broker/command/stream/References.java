package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/** What deleting an entry does about the consumer groups that it is pending in. */
enum References {
  /** It stays pending there. */
  KEEPREF,
  /** It is pending nowhere any more. */
  DELREF,
  /** It is deleted only when every group has read and acknowledged it. */
  ACKED;

  static @Nullable References at(Request request, int i) {
    for (References each : values()) {
      if (request.is(i, each.name())) {
        return each;
      }
    }
    return null;
  }

  /** For COMMAND DOCS. */
  static Argument doc() {
    return Argument.oneOf(
            "condition",
            Argument.token("keepref"),
            Argument.token("delref"),
            Argument.token("acked"))
        .asOptional();
  }

  /** Deletes an entry; returns whether it did, and not where a group still needs it. */
  boolean delete(StreamValue stream, StreamId id) {
    if (this == ACKED && stream.isNeeded(id)) {
      return false;
    }
    if (this == DELREF) {
      stream.removePending(id);
    }
    return stream.delete(id);
  }
}
