package io.slotcast.broker.command.list;

import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.list.ListValue.End;

/** The key events of lists. */
final class ListEvents {
  private ListEvents() {}

  /** An element was pushed at that end. */
  static KeyEvent pushed(End end) {
    return end == End.LEFT ? KeyEvent.LPUSH : KeyEvent.RPUSH;
  }

  /** An element was popped at that end. */
  static KeyEvent popped(End end) {
    return end == End.LEFT ? KeyEvent.LPOP : KeyEvent.RPOP;
  }
}
