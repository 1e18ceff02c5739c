package io.slotcast.broker.command.list;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;

/** The argument that says how many keys follow it. */
final class KeyCount {
  private KeyCount() {}

  static int of(Call call, int i) {
    Request request = call.request();
    if (!request.isLong(i) || request.toLong(i) <= 0) {
      throw new CommandException("ERR numkeys should be greater than 0");
    }
    long keys = request.toLong(i);
    if (keys > request.count() - i - 1) {
      throw CommandException.syntax();
    }
    return (int) keys;
  }
}
