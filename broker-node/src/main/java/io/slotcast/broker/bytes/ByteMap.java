package io.slotcast.broker.bytes;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A hash map from byte strings to values that is searched by a slice of somebody else's array, so a
 * look-up copies nothing; a key is copied when it is first stored. Open addressing with linear
 * probing; the hash is keyed per process, so that a client cannot aim for collisions.
 *
 * <p>Not safe for concurrent use: its owner states the lock.
 *
 * @param <V> the values; never null
 */
public final class ByteMap<V> {
  private static final int SMALLEST = 8;

  private byte[] @Nullable [] keys = new byte[SMALLEST][];
  private int[] hashes = new int[SMALLEST];
  private @Nullable Object[] values = new @Nullable Object[SMALLEST];
  private int size;

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The value of the key in {@code array}, or null. */
  @SuppressWarnings("unchecked") // only store puts values in
  public @Nullable V get(byte[] array, int offset, int length) {
    int index = find(array, offset, length, SipHash.hash(array, offset, length));
    return index < 0 ? null : (V) values[index];
  }

  public @Nullable V get(byte[] key) {
    return get(key, 0, key.length);
  }

  /** Stores a value; the key is copied unless it is there already. Returns the value before. */
  public @Nullable V put(byte[] array, int offset, int length, V value) {
    return store(array, offset, length, value, true);
  }

  /** Stores a value under a key that the caller will not change any more. */
  public @Nullable V put(byte[] key, V value) {
    return store(key, 0, key.length, value, false);
  }

  @SuppressWarnings("unchecked") // only store puts values in
  private @Nullable V store(byte[] array, int offset, int length, V value, boolean copy) {
    int hash = SipHash.hash(array, offset, length);
    int index = find(array, offset, length, hash);
    if (index >= 0) {
      V before = (V) values[index];
      values[index] = value;
      return before;
    }
    if ((size + 1) * 4 > keys.length * 3) {
      resize(keys.length * 2);
    }
    insert(copy ? Arrays.copyOfRange(array, offset, offset + length) : array, hash, value);
    size++;
    return null;
  }

  /** Removes a key; returns its value, or null if it was not there. */
  @SuppressWarnings("unchecked") // only store puts values in
  public @Nullable V remove(byte[] array, int offset, int length) {
    int index = find(array, offset, length, SipHash.hash(array, offset, length));
    if (index < 0) {
      return null;
    }
    V before = (V) values[index];
    deleteAt(index);
    size--;
    if (keys.length > SMALLEST && size * 8 < keys.length) {
      resize(keys.length / 2);
    }
    return before;
  }

  public @Nullable V remove(byte[] key) {
    return remove(key, 0, key.length);
  }

  public void clear() {
    keys = new byte[SMALLEST][];
    hashes = new int[SMALLEST];
    values = new @Nullable Object[SMALLEST];
    size = 0;
  }

  /** Calls {@code action} with each entry, in no order; it must not change the map. */
  @SuppressWarnings("unchecked") // only store puts values in
  public void forEach(BiConsumer<byte[], V> action) {
    for (int i = 0; i < keys.length; i++) {
      byte[] key = keys[i];
      Object value = values[i];
      if (key != null && value != null) {
        action.accept(key, (V) value);
      }
    }
  }

  /** Whether {@code predicate} holds for some entry; it must not change the map. */
  @SuppressWarnings("unchecked") // only store puts values in
  public boolean anyMatch(BiPredicate<byte[], V> predicate) {
    for (int i = 0; i < keys.length; i++) {
      byte[] key = keys[i];
      Object value = values[i];
      if (key != null && value != null && predicate.test(key, (V) value)) {
        return true;
      }
    }
    return false;
  }

  /** The key in one bucket of the table, or null: lets a caller walk or sample the map. */
  public byte @Nullable [] keyAt(int bucket) {
    return keys[bucket];
  }

  /** The value in one bucket of the table, or null. */
  @SuppressWarnings("unchecked") // only store puts values in
  public @Nullable V valueAt(int bucket) {
    return (V) values[bucket];
  }

  /**
   * Calls {@code action} with the entries behind one cursor and returns the next cursor, 0 when the
   * walk is over; it begins with 0. The map may change between calls: an entry that is there all
   * through a walk is met at least once, since cursors count home buckets from their highest bit
   * down, so that a table twice or half as large has the same ones behind it (Redis' dictScan).
   */
  @SuppressWarnings("unchecked") // only store puts values in
  public long scan(long cursor, BiConsumer<byte[], V> action) {
    int mask = keys.length - 1;
    int home = (int) cursor & mask;
    byte[] key;
    for (int i = home; (key = keys[i]) != null; i = i + 1 & mask) {
      Object value = values[i];
      if ((hashes[i] & mask) == home && value != null) {
        action.accept(key, (V) value);
      }
    }
    return Long.reverse(Long.reverse(cursor | ~(long) mask) + 1);
  }

  /**
   * How much memory the map takes, about.
   *
   * @param samples how many entries are measured, and stand for the others
   * @param ofValue how much a value takes
   */
  @SuppressWarnings("unchecked") // only store puts values in
  public long footprint(long samples, ToLongFunction<V> ofValue) {
    long measured = 0;
    long sum = 0;
    for (int i = 0; i < keys.length && measured < samples; i++) {
      byte[] key = keys[i];
      Object value = values[i];
      if (key != null && value != null) {
        sum += Footprint.array(key.length) + ofValue.applyAsLong((V) value);
        measured++;
      }
    }
    long entries = measured == 0 ? 0 : (long) ((double) sum / measured * size);
    return Footprint.object(16) + 3 * Footprint.references(keys.length) + entries;
  }

  /** How many buckets the table has now: a power of two. */
  public int buckets() {
    return keys.length;
  }

  private int find(byte[] array, int offset, int length, int hash) {
    int mask = keys.length - 1;
    int index = hash & mask;
    byte[] key;
    while ((key = keys[index]) != null) {
      if (hashes[index] == hash
          && Arrays.equals(key, 0, key.length, array, offset, offset + length)) {
        return index;
      }
      index = index + 1 & mask;
    }
    return -1;
  }

  private void insert(byte[] key, int hash, Object value) {
    int mask = keys.length - 1;
    int index = hash & mask;
    while (keys[index] != null) {
      index = index + 1 & mask;
    }
    keys[index] = key;
    hashes[index] = hash;
    values[index] = value;
  }

  /** Linear probing without tombstones: entries behind the gap move up into it. */
  private void deleteAt(int at) {
    int mask = keys.length - 1;
    int gap = at;
    int index = gap;
    while (true) {
      index = index + 1 & mask;
      if (keys[index] == null) {
        break;
      }
      int home = hashes[index] & mask;
      boolean reachesGap = (index - home & mask) >= (index - gap & mask);
      if (reachesGap) {
        keys[gap] = keys[index];
        hashes[gap] = hashes[index];
        values[gap] = values[index];
        gap = index;
      }
    }
    keys[gap] = null;
    values[gap] = null;
  }

  private void resize(int capacity) {
    byte[] @Nullable [] oldKeys = keys;
    int[] oldHashes = hashes;
    @Nullable Object[] oldValues = values;
    keys = new byte[capacity][];
    hashes = new int[capacity];
    values = new @Nullable Object[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      byte[] key = oldKeys[i];
      Object value = oldValues[i];
      if (key != null && value != null) {
        insert(key, oldHashes[i], value);
      }
    }
  }
}
