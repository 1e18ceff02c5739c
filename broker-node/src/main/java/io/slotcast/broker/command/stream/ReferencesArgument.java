package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.keyspace.stream.References;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/** {@code KEEPREF | DELREF | ACKED} among a command's arguments, as since Redis 8.2. */
final class ReferencesArgument {
  private ReferencesArgument() {}

  /** What argument {@code i} says; null if it is none of these words. */
  static @Nullable References at(Request request, int i) {
    for (References each : References.values()) {
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
}
