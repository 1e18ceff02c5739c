package io.slotcast.broker.keyspace;

import io.slotcast.broker.bytes.ByteMap;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which keys of a slot, in the order of their coming, and which of those keys have
 * changed. Guarded by the slot's lock.
 */
public final class Waiters {
  private final ByteMap<LinkedHashSet<Waiter>> byKey = new ByteMap<>();
  private final ArrayDeque<byte[]> changed = new ArrayDeque<>();

  public void add(Waiter waiter) {
    for (byte[] key : waiter.keys()) {
      LinkedHashSet<Waiter> waiting = byKey.get(key);
      if (waiting == null) {
        waiting = new LinkedHashSet<>();
        byKey.put(key, waiting);
      }
      waiting.add(waiter);
    }
  }

  public void remove(Waiter waiter) {
    for (byte[] key : waiter.keys()) {
      LinkedHashSet<Waiter> waiting = byKey.get(key);
      if (waiting != null && waiting.remove(waiter) && waiting.isEmpty()) {
        byKey.remove(key);
      }
    }
  }

  boolean isEmpty() {
    return byKey.size() == 0;
  }

  /** A key has changed; whoever waits for it is served by {@link #serve}. */
  void changed(byte[] array, int offset, int length) {
    if (byKey.get(array, offset, length) != null) {
      changed.add(Arrays.copyOfRange(array, offset, offset + length));
    }
  }

  /** Whether keys have changed that someone waits for. */
  public boolean isDue() {
    return !changed.isEmpty();
  }

  /**
   * Lets those who wait for keys that have changed try to take what they wait for, first come first
   * served; what they change themselves is looked at as well.
   *
   * @param attempt whether a waiter waits no longer; it may change keys
   */
  public void serve(SlotKeys keys, long nowMillis, Predicate<Waiter> attempt) {
    byte[] key;
    while ((key = changed.poll()) != null) {
      serve(key, keys, nowMillis, attempt);
    }
  }

  private void serve(byte[] key, SlotKeys keys, long nowMillis, Predicate<Waiter> attempt) {
    LinkedHashSet<Waiter> waiting = byKey.get(key);
    if (waiting == null) {
      return;
    }
    Iterator<Waiter> each = waiting.iterator();
    while (each.hasNext()) {
      Waiter waiter = each.next();
      Value value = keys.find(key, 0, key.length, nowMillis);
      if (waiter.wants(value) && attempt.test(waiter)) {
        each.remove();
        remove(waiter);
      }
    }
    if (waiting.isEmpty()) {
      byKey.remove(key);
    }
  }

  /** For tests: who waits for a key. */
  int count(byte[] key) {
    @Nullable LinkedHashSet<Waiter> waiting = byKey.get(key);
    return waiting == null ? 0 : waiting.size();
  }
}
