package io.slotcast.broker.keyspace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Someone who waits for keys of one slot. Asked under the slot's lock. */
public interface Waiter {
  List<byte[]> keys();

  /** Whether a key that has this value now may be what is waited for; null: the key is gone. */
  boolean wants(@Nullable Value value);
}
