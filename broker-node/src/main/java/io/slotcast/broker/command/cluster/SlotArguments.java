package io.slotcast.broker.command.cluster;

import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;

/** Ranges of slots among arguments, as pairs of their ends. */
final class SlotArguments {
  private SlotArguments() {}

  /**
   * The slots of the pairs from argument {@code first} to before {@code end}.
   *
   * @throws CommandException if there are none, one stands alone, is no slot or comes twice
   */
  static SlotSet ranges(Request request, int first, int end) {
    if (first >= end || (end - first) % 2 != 0) {
      throw CommandException.syntax();
    }
    SlotSet slots = SlotSet.empty();
    for (int i = first; i < end; i += 2) {
      SlotRange range = range(slot(request, i), slot(request, i + 1));
      SlotSet more = SlotSet.range(range.first(), range.last());
      if (slots.intersects(more)) {
        throw new CommandException("ERR Slot ranges overlap");
      }
      slots = slots.union(more);
    }
    return slots;
  }

  private static SlotRange range(int first, int last) {
    if (first > last) {
      throw new CommandException(
          "ERR start slot number " + first + " is greater than end slot number " + last);
    }
    return new SlotRange(first, last);
  }

  private static int slot(Request request, int i) {
    long slot = request.isLong(i) ? request.toLong(i) : -1;
    if (slot < 0 || slot >= SlotHash.SLOTS) {
      throw new CommandException("ERR Invalid or out of range slot");
    }
    return (int) slot;
  }
}
