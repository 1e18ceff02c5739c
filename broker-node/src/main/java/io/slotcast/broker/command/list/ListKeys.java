package io.slotcast.broker.command.list;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;

/** What becomes of a list's key when elements have been taken. */
final class ListKeys {
  private ListKeys() {}

  /** An element was pushed at that end. */
  static KeyEvent pushed(End end) {
    return end == End.LEFT ? KeyEvent.LPUSH : KeyEvent.RPUSH;
  }

  /** An element was popped at that end. */
  static KeyEvent popped(End end) {
    return end == End.LEFT ? KeyEvent.LPOP : KeyEvent.RPOP;
  }

  /** Elements of the list at the key in argument {@code i} were taken away, perhaps all. */
  static void taken(Call call, int i, ListValue list, KeyEvent event) {
    boolean isEmpty = list.isEmpty();
    if (isEmpty) {
      call.removeKey(i);
    }
    call.changed(i, event);
    if (isEmpty) {
      call.happened(i, KeyEvent.DEL);
    }
  }
}
