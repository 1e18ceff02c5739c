package io.slotcast.broker.keyspace;

/** A client's WATCH of one key: notes whether the key has changed since. */
public final class Watch {
  private final Slot slot;
  private final byte[] key;

  /** Set under the slot's lock, read by any thread. */
  private volatile boolean touched;

  Watch(Slot slot, byte[] key) {
    this.slot = slot;
    this.key = key;
  }

  public Slot slot() {
    return slot;
  }

  public byte[] key() {
    return key;
  }

  public boolean isTouched() {
    return touched;
  }

  /** For {@link SlotKeys}. */
  void touch() {
    touched = true;
  }
}
