package io.slotcast.broker.command.list;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;

/** Arguments that several commands on lists have. */
final class ListArguments {
  private ListArguments() {}

  /** LEFT or RIGHT. */
  static End end(Request request, int i) {
    if (request.is(i, "LEFT")) {
      return End.LEFT;
    } else if (request.is(i, "RIGHT")) {
      return End.RIGHT;
    }
    throw CommandException.syntax();
  }

  /** How many elements to take: not negative. */
  static long count(Call call, int i) {
    Request request = call.request();
    if (!request.isLong(i) || request.toLong(i) < 0) {
      throw new CommandException("ERR value is out of range, must be positive");
    }
    return request.toLong(i);
  }
}
