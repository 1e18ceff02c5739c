package io.slotcast.broker.keyspace;

import io.slotcast.broker.bytes.Footprint;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How much memory the keys of one slot take: their part of {@link KeyMemory}. Guarded by the slot's
 * lock.
 */
public final class SlotMemory {
  /** A key's share of the table, which is two thirds full or so. */
  private static final long TABLE_SHARE = 3 * Footprint.REFERENCE * 3 / 2;

  private final KeyMemory node;

  /**
   * What was counted for each value, in bytes; null until something is. Not a field of the value:
   * most nodes have no limit, and there it would only cost memory.
   */
  private @Nullable IdentityHashMap<Value, Long> counted;

  SlotMemory(KeyMemory node) {
    this.node = node;
  }

  /**
   * How much memory a key and its value take, about.
   *
   * @param samples how many elements of the value are measured where they are objects of their own
   */
  public static long footprint(int keyLength, Value value, long samples) {
    return Footprint.array(keyLength) + TABLE_SHARE + value.footprint(samples);
  }

  boolean isCounted() {
    return node.isCounted();
  }

  /** A value is stored, and may have another size than before; null if the key is gone. */
  void count(int keyLength, @Nullable Value value) {
    if (value != null) {
      if (counted == null) {
        counted = new IdentityHashMap<>();
      }
      long bytes = footprint(keyLength, value, KeyMemory.SAMPLES);
      Long before = counted.put(value, bytes);
      node.add(bytes - (before == null ? 0 : before));
    }
  }

  /** A value is stored no more. */
  void forget(Value value) {
    Long before = counted == null ? null : counted.remove(value);
    if (before != null) {
      node.add(-before);
    }
  }

  /** Nothing is stored any more. */
  void forgetAll() {
    if (counted != null) {
      counted.values().forEach(bytes -> node.add(-bytes));
      counted = null;
    }
  }
}
