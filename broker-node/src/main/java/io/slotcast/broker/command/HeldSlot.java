package io.slotcast.broker.command;

import io.slotcast.broker.keyspace.Slot;
import org.jspecify.annotations.Nullable;

/**
 * The slot whose lock one loop's thread holds: one at a time, and the same one for consecutive
 * commands of a pipeline.
 *
 * <p>Owned by the loop's thread.
 */
final class HeldSlot {
  private @Nullable Slot slot;

  /** Takes the lock of a slot, after the one that is held was let go; nothing if it is the same. */
  void hold(@Nullable Slot wanted) {
    if (slot == wanted) {
      return;
    }
    if (slot != null) {
      slot.unlock();
      slot = null;
    }
    if (wanted != null) {
      wanted.lock();
      slot = wanted;
    }
  }

  /** Lets go of the lock, if one is held. */
  void release() {
    hold(null);
  }
}
