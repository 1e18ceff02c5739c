package io.slotcast.broker.keyspace;

/** Where word of what happens to a node's keys goes. */
public final class KeyEvents {
  /** Set once while the node starts, read by all loops. */
  private volatile KeyEventListener listener = KeyEventListener.NONE;

  public void listener(KeyEventListener newListener) {
    listener = newListener;
  }

  /** The caller holds the lock of the key's slot. */
  void happened(KeyEvent event, byte[] array, int offset, int length) {
    KeyEventListener current = listener;
    if (current.wants(event)) {
      current.happened(event, array, offset, length);
    }
  }
}
