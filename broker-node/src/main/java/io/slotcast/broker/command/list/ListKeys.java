package io.slotcast.broker.command.list;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.list.ListValue;

/** What becomes of a list's key when elements have been taken. */
final class ListKeys {
  private ListKeys() {}

  /** Elements of the list at the key in argument {@code i} were taken away, perhaps all. */
  static void taken(Call call, int i, ListValue list) {
    if (list.isEmpty()) {
      call.removeKey(i);
    }
    call.changed(i);
  }
}
