package io.slotcast.broker.keyspace.hash;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.bytes.PackedEntries;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.DueChange;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Fields with values: packed pairs in the order in which they came while they are few and short,
 * else a hash table. Guarded by its slot's lock.
 */
public final class HashValue extends Value {
  /** {@code hash-max-listpack-entries} and {@code hash-max-listpack-value}. */
  public record Limits(long entries, long length) {}

  private static final byte[] HDEL = Words.of("HDEL");

  /** Stands for the table of packed pairs; never written to. */
  private static final ByteMap<byte[]> NONE = new ByteMap<>();

  private final Limits limits;

  /** Fields and values in turn; null once {@link #table} holds them. */
  private @Nullable PackedEntries pairs = new PackedEntries();

  private int packedSize;

  /** Null until a field is given an expiry. */
  private @Nullable FieldExpiries expiries;

  private ByteMap<byte[]> table = NONE;

  public HashValue(Limits limits) {
    this.limits = limits;
  }

  /** Whether the pairs are packed, in the order in which they came. */
  public boolean isPacked() {
    return pairs != null;
  }

  public int size() {
    return pairs != null ? packedSize : table.size();
  }

  /** A field's value, not to be changed; or null. */
  public byte @Nullable [] get(byte[] array, int offset, int length) {
    if (pairs == null) {
      return table.get(array, offset, length);
    }
    int field = find(pairs, array, offset, length);
    return field < 0 ? null : pairs.get(pairs.next(field));
  }

  public byte @Nullable [] get(byte[] field) {
    return get(field, 0, field.length);
  }

  /**
   * Sets a field to a value that nobody will change any more, and takes its expiry away; returns
   * whether it is new.
   */
  public boolean put(byte[] field, byte[] value) {
    if (expiries != null) {
      expiries.remove(field, 0, field.length);
    }
    return update(field, value);
  }

  /** As {@link #put}, but an expiry stays. */
  public boolean update(byte[] field, byte[] value) {
    if (pairs != null && Math.max(field.length, value.length) > limits.length()) {
      becomeTable(pairs);
    }
    if (pairs == null) {
      return table.put(field, value) == null;
    }
    int found = find(pairs, field, 0, field.length);
    if (found >= 0) {
      int old = pairs.next(found);
      pairs.remove(old, pairs.next(old));
      pairs.insert(old, value, 0, value.length);
      return false;
    }
    int behind = pairs.insert(pairs.end(), field, 0, field.length);
    pairs.insert(behind, value, 0, value.length);
    packedSize++;
    if (packedSize > limits.entries()) {
      becomeTable(pairs);
    }
    return true;
  }

  /** Removes a field; returns whether it was there. */
  public boolean remove(byte[] array, int offset, int length) {
    if (expiries != null) {
      expiries.remove(array, offset, length);
    }
    if (pairs == null) {
      return table.remove(array, offset, length) != null;
    }
    int found = find(pairs, array, offset, length);
    if (found < 0) {
      return false;
    }
    pairs.remove(found, pairs.next(pairs.next(found)));
    packedSize--;
    return true;
  }

  // ---- Fields that expire ----

  /** Gives a field that is there an expiry, in wall-clock milliseconds. */
  public void expireField(byte[] field, long millis) {
    FieldExpiries all = expiries == null ? new FieldExpiries() : expiries;
    expiries = all;
    all.put(field, millis);
    doesThings(true);
  }

  /** When a field expires; {@link #NEVER} if it does not. */
  public long fieldExpiry(byte[] field) {
    Long millis = expiries == null ? null : expiries.of(field);
    return millis == null ? NEVER : millis;
  }

  /** Takes a field's expiry away; returns whether it had one. */
  public boolean persistField(byte[] field) {
    return expiries != null && expiries.remove(field, 0, field.length);
  }

  @Override
  public long dueMillis() {
    Long next = expiries == null ? null : expiries.next();
    return next == null ? NEVER : next;
  }

  /** Removes the fields whose time is over. */
  @Override
  public List<DueChange> doDue(byte[] key, long nowMillis) {
    List<byte[]> due = expiries == null ? List.of() : expiries.due(nowMillis);
    if (due.isEmpty()) {
      return List.of();
    }
    List<byte[]> words = new ArrayList<>(List.of(HDEL, key));
    for (byte[] field : due) {
      remove(field, 0, field.length);
      words.add(field);
    }
    return List.of(new DueChange(words.toArray(byte[][]::new), KeyEvent.HEXPIRED));
  }

  @Override
  protected Value asOf(long nowMillis) {
    HashValue left = new HashValue(limits);
    forEach(
        (field, value) -> {
          long expiry = fieldExpiry(field);
          if (expiry == NEVER || expiry > nowMillis) {
            left.put(field, value);
            if (expiry != NEVER) {
              left.expireField(field, expiry);
            }
          }
        });
    return left;
  }

  @Override
  public boolean isGone() {
    return size() == 0;
  }

  // ---- All fields ----

  /** Calls {@code action} with each field and its value. */
  public void forEach(BiConsumer<byte[], byte[]> action) {
    if (pairs == null) {
      table.forEach(action);
      return;
    }
    int at = 0;
    while (at < pairs.end()) {
      int value = pairs.next(at);
      action.accept(pairs.get(at), pairs.get(value));
      at = pairs.next(value);
    }
  }

  /** All fields; the arrays are not to be changed. */
  public List<byte[]> fields() {
    List<byte[]> fields = new ArrayList<>(size());
    forEach((field, value) -> fields.add(field));
    return fields;
  }

  /** A field of a hash that is not empty, each as likely as the others. */
  public byte[] random(RandomGenerator random) {
    if (pairs != null) {
      int at = 0;
      for (int i = random.nextInt(packedSize); i > 0; i--) {
        at = pairs.next(pairs.next(at));
      }
      return pairs.get(at);
    }
    byte[] field;
    do {
      field = table.keyAt(random.nextInt(table.buckets()));
    } while (field == null);
    return field;
  }

  /**
   * Calls {@code action} with the fields and values behind a cursor; returns the next one, 0 at the
   * end. Packed pairs come all at once.
   */
  public long scan(long cursor, BiConsumer<byte[], byte[]> action) {
    if (pairs != null) {
      forEach(action);
      return 0;
    }
    return table.scan(cursor, action);
  }

  private static int find(PackedEntries pairs, byte[] array, int offset, int length) {
    int at = 0;
    while (at < pairs.end()) {
      if (pairs.equals(at, array, offset, length)) {
        return at;
      }
      at = pairs.next(pairs.next(at));
    }
    return -1;
  }

  private void becomeTable(PackedEntries from) {
    ByteMap<byte[]> all = new ByteMap<>();
    int at = 0;
    while (at < from.end()) {
      int value = from.next(at);
      all.put(from.get(at), from.get(value));
      at = from.next(value);
    }
    table = all;
    pairs = null;
  }

  @Override
  public long footprint(long samples) {
    long own = Footprint.object(commonFields() + 4 * Footprint.REFERENCE + Integer.BYTES);
    return own
        + (pairs != null
            ? pairs.footprint()
            : table.footprint(samples, value -> Footprint.array(value.length)));
  }

  @Override
  public ValueType type() {
    return ValueType.HASH;
  }

  @Override
  public String encoding() {
    String packed = expiries == null ? "listpack" : "listpackex";
    return pairs != null ? packed : "hashtable";
  }
}
