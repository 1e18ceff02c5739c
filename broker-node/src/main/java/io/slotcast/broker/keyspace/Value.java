package io.slotcast.broker.keyspace;

import java.util.List;

/**
 * What a key holds, and when it expires: one object a key, beside the bytes of the key itself and
 * of what the value packs. Guarded by its slot's lock.
 */
public abstract class Value {
  /** The expiry of a key that has none. */
  public static final long NEVER = -1;

  private static final int MARK = 1 << 31;
  private static final int DOES_THINGS = 1 << 30;

  private long expiresAtMillis = NEVER;

  /** {@link KeyUse}'s bits, and flags: in one field, so that a value takes no more. */
  private int useAndFlags;

  public abstract ValueType type();

  /** How it is stored, in the words of Redis' OBJECT ENCODING. */
  public abstract String encoding();

  /**
   * How much memory it takes, about.
   *
   * @param samples how many of its elements are measured where they are objects of their own
   */
  public abstract long footprint(long samples);

  /** How much memory the fields of every value take. */
  protected static int commonFields() {
    return Long.BYTES + Integer.BYTES;
  }

  /** Wall-clock milliseconds after which the key is gone, or {@link #NEVER}. */
  public final long expiresAtMillis() {
    return expiresAtMillis;
  }

  public final boolean expires() {
    return expiresAtMillis != NEVER;
  }

  final boolean isExpired(long nowMillis) {
    return expiresAtMillis != NEVER && nowMillis > expiresAtMillis;
  }

  /** When something in it happens by itself, in wall-clock milliseconds, or {@link #NEVER}. */
  public long dueMillis() {
    return NEVER;
  }

  /**
   * Does what is due in it by now.
   *
   * @param key under which it is stored
   * @return what was done; nothing if nothing was due
   */
  public List<DueChange> doDue(byte[] key, long nowMillis) {
    return List.of();
  }

  /**
   * What would be left of it after what is due by then was done: the value itself stays. Asked of
   * those alone that {@link #doesThings()}.
   */
  protected Value asOf(long nowMillis) {
    return this;
  }

  /** When it was used, or how often: {@link KeyUse}'s bits. */
  final int use() {
    return useAndFlags & KeyUse.MASK;
  }

  final void use(int bits) {
    useAndFlags = (useAndFlags & ~KeyUse.MASK) | bits;
  }

  /**
   * Whether what is due in it is done before anybody looks at it, and not only by the clock. A
   * field of a hash is not seen after its time, whereas an entry of a stream may come a little
   * later.
   */
  final boolean doesThings() {
    return (useAndFlags & DOES_THINGS) != 0;
  }

  protected final void doesThings(boolean wanted) {
    useAndFlags = wanted ? useAndFlags | DOES_THINGS : useAndFlags & ~DOES_THINGS;
  }

  /** Whether nothing is left of it, after what was due in it was done. */
  public boolean isGone() {
    return false;
  }

  /** Whether the value has a mark, which is its type's to give a meaning to. */
  protected final boolean isMarked() {
    return (useAndFlags & MARK) != 0;
  }

  protected final void mark(boolean marked) {
    useAndFlags = marked ? useAndFlags | MARK : useAndFlags & ~MARK;
  }

  /** For {@link SlotKeys}, which counts the keys that expire. */
  final void setExpiresAtMillis(long millis) {
    expiresAtMillis = millis;
  }
}
