package io.slotcast.broker.keyspace;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.effect.SlotEffects;
import io.slotcast.broker.effect.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one slot. Guarded by the slot's lock.
 *
 * <p>A key past its expiry counts as absent at once. It is removed by the next command that may
 * write it, or by {@link ExpiryCycle}; a command that only reads leaves it, since a node may answer
 * reads where it may not write.
 *
 * <p>All of that holds where this node decides what happens to the keys: see {@link Slot#passive}.
 *
 * <p>Whoever changes a key says so by {@link #changed}: what follows from a change hangs on that
 * one method.
 */
public final class SlotKeys {
  private final int slot;
  private final ExpirySchedule schedule;
  private final SlotEffects effects;
  private final KeyEvents events;
  private final Waiters waiters;
  private final Wakeups wakeups;
  private final KeyUse use;
  private final SlotMemory memory;
  private final Watches watches = new Watches();
  private final ByteMap<Value> values = new ByteMap<>();
  private final KeyStatistics statistics = new KeyStatistics();
  private int expiring;
  private long changes;

  /** Another node decides what happens to the keys. */
  private boolean passive;

  /** The effect of an earlier command is repeated at this moment. */
  private boolean repeating;

  SlotKeys(int slot, SlotContext context, SlotEffects effects, Waiters waiters) {
    this.slot = slot;
    this.schedule = context.schedule();
    this.effects = effects;
    this.events = context.events();
    this.waiters = waiters;
    this.wakeups = context.wakeups();
    this.use = context.use();
    this.memory = new SlotMemory(context.memory());
  }

  /** How many keys are stored, those that expired and were not removed yet included. */
  public int count() {
    return values.size();
  }

  /** How many of the keys have an expiry. */
  public int expiringCount() {
    return expiring;
  }

  /** What is kept of when, or how often, the values are used. */
  public KeyUse use() {
    return use;
  }

  // ---- Look-ups ----

  /** The value of a key for a command that only reads, or null; counts a hit or a miss. */
  public @Nullable Value read(byte[] array, int offset, int length, long nowMillis) {
    Value value = upToDate(values.get(array, offset, length), array, offset, length, nowMillis);
    if (value == null || (value.isExpired(nowMillis) && !repeating)) {
      statistics.missed();
      happened(KeyEvent.KEYMISS, array, offset, length);
      return null;
    }
    statistics.hit();
    return value;
  }

  /** The value of a key for a command that may write it, or null. */
  public @Nullable Value find(byte[] array, int offset, int length, long nowMillis) {
    Value value = values.get(array, offset, length);
    if (value != null && value.isExpired(nowMillis) && !repeating) {
      expire(array, offset, length);
      return null;
    }
    return upToDate(value, array, offset, length, nowMillis);
  }

  /** The value after what is due in it was done, if its type wants that; null if it is gone. */
  private @Nullable Value upToDate(
      @Nullable Value value, byte[] array, int offset, int length, long nowMillis) {
    if (value == null || !value.doesThings() || repeating) {
      return value;
    }
    long due = value.dueMillis();
    if (due == Value.NEVER || due > nowMillis) {
      return value;
    }
    if (passive) {
      Value seen = value.asOf(nowMillis);
      return seen.isGone() ? null : seen;
    }
    byte[] key = Arrays.copyOfRange(array, offset, offset + length);
    doDue(value, key, nowMillis);
    return value.isGone() ? null : value;
  }

  /** Whether the key is stored and has not expired; counts nothing. */
  public boolean contains(byte[] array, int offset, int length, long nowMillis) {
    Value value = values.get(array, offset, length);
    return value != null && (!value.isExpired(nowMillis) || repeating);
  }

  /** Up to {@code limit} keys, in no order; the arrays are not to be changed. */
  public List<byte[]> names(long limit) {
    List<byte[]> names = new ArrayList<>((int) Math.min(limit, values.size()));
    for (int i = 0; i < values.buckets() && names.size() < limit; i++) {
      byte[] key = values.keyAt(i);
      if (key != null) {
        names.add(key);
      }
    }
    return names;
  }

  /** One of the keys that have not expired, at random; null if there is none. */
  public byte @Nullable [] random(RandomGenerator random, long nowMillis) {
    return random(random, value -> !value.isExpired(nowMillis));
  }

  private byte @Nullable [] random(RandomGenerator random, Predicate<Value> wanted) {
    int buckets = values.buckets();
    int begin = random.nextInt(buckets);
    for (int i = 0; i < buckets; i++) {
      int bucket = (begin + i) & (buckets - 1);
      byte[] key = values.keyAt(bucket);
      Value value = values.valueAt(bucket);
      if (key != null && value != null && wanted.test(value)) {
        return key;
      }
    }
    return null;
  }

  /**
   * A step of a walk through the keys that have not expired; see {@link ByteMap#scan}.
   *
   * @return the next cursor; 0 at the end
   */
  public long scan(long cursor, long nowMillis, BiConsumer<byte[], Value> found) {
    return values.scan(
        cursor,
        (key, value) -> {
          if (!value.isExpired(nowMillis)) {
            found.accept(key, value);
          }
        });
  }

  // ---- Changes ----

  /** Moves a value that is stored, with its expiry, to another key in place of what is there. */
  public void rename(byte[] array, int fromOffset, int fromLength, int toOffset, int toLength) {
    Value value = Objects.requireNonNull(values.get(array, fromOffset, fromLength));
    long expiresAt = value.expiresAtMillis();
    drop(array, fromOffset, fromLength, value);
    value.setExpiresAtMillis(Value.NEVER);
    put(array, toOffset, toLength, value);
    if (expiresAt != Value.NEVER) {
      expireAt(value, expiresAt);
    }
  }

  /** Puts another value in the place of each that has not expired; nothing else changes. */
  public void renew(UnaryOperator<Value> renewed, long nowMillis) {
    for (byte[] key : names(Long.MAX_VALUE)) {
      Value value = find(key, 0, key.length, nowMillis);
      if (value != null) {
        Value made = renewed.apply(value);
        made.setExpiresAtMillis(value.expiresAtMillis());
        made.use(value.use());
        values.put(key, made);
        memory.forget(value);
        if (memory.isCounted()) {
          memory.count(key.length, made);
        }
      }
    }
  }

  /** Stores a value that is in no map yet and has no expiry, in place of what was there. */
  public void put(byte[] array, int offset, int length, Value value) {
    Value before = values.put(array, offset, length, value);
    if (before == null) {
      happened(KeyEvent.NEW, array, offset, length);
    } else {
      leaves(before);
    }
    if (value.dueMillis() != Value.NEVER) {
      wakeAt(array, offset, length, value.dueMillis());
    }
  }

  /** Removes a key; returns whether it was there and had not expired. */
  public boolean remove(byte[] array, int offset, int length, long nowMillis) {
    Value value = values.get(array, offset, length);
    if (value == null) {
      return false;
    }
    if (value.isExpired(nowMillis) && !repeating) {
      expire(array, offset, length);
      return false;
    }
    drop(array, offset, length, value);
    return true;
  }

  /** Gives a stored value an expiry, or takes it away with {@link Value#NEVER}. */
  public void expireAt(Value value, long millis) {
    if (value.expires()) {
      expiring--;
    }
    value.setExpiresAtMillis(millis);
    if (millis != Value.NEVER) {
      expiring++;
      schedule.lower(slot, millis);
    }
  }

  // ---- What happens by itself ----

  /**
   * Says whether another node decides what happens to the keys: then nothing happens by itself, and
   * a look-up does not see what is over by this node's clock. Where it no longer does, what was due
   * meanwhile happens soon.
   */
  void passive(boolean wanted) {
    boolean begins = passive && !wanted;
    passive = wanted;
    if (!begins) {
      return;
    }
    if (expiring > 0) {
      schedule.lower(slot, 0);
    }
    values.forEach(this::wakeWhenDue);
  }

  boolean isPassive() {
    return passive;
  }

  /**
   * Says whether effects are repeated from now on: all that is stored is seen then, whatever the
   * clock says, for an effect tells what went; and nothing that happens is an effect itself.
   */
  void repeating(boolean wanted) {
    repeating = wanted;
  }

  /** A key is looked at again at that time, for what is due in it, or for who waits for it. */
  public void wakeAt(byte[] array, int offset, int length, long millis) {
    if (passive) {
      return;
    }
    wakeups.add(slot, Arrays.copyOfRange(array, offset, offset + length), millis);
  }

  private void wakeWhenDue(byte[] key, Value value) {
    if (value.dueMillis() != Value.NEVER) {
      wakeups.add(slot, key, value.dueMillis());
    }
  }

  /** A key's time has come: what is due in it is done, and whoever waits for it may try again. */
  public void wake(byte[] key, long nowMillis) {
    Value value = passive ? null : find(key, 0, key.length, nowMillis);
    if (value != null) {
      doDue(value, key, nowMillis);
    }
  }

  private void doDue(Value value, byte[] key, long nowMillis) {
    List<DueChange> done = value.doDue(key, nowMillis);
    if (done.isEmpty()) {
      waiters.changed(key, 0, key.length);
    } else {
      changed(key, 0, key.length);
    }
    for (DueChange change : done) {
      effects.append(change.effect());
      if (change.event() != null) {
        happened(change.event(), key, 0, key.length);
      }
    }
    if (!done.isEmpty() && value.isGone()) {
      drop(key, 0, key.length, value);
      happened(KeyEvent.DEL, key, 0, key.length);
    }
    wakeWhenDue(key, value);
  }

  /** Removes all keys. */
  public void clear() {
    if (effects.isWanted() && !repeating) {
      names(Long.MAX_VALUE).forEach(key -> effects.append(Words.DEL, key));
    }
    changes += values.size();
    discard();
  }

  // ---- Images ----

  /** Calls {@code action} with each key that is stored, expired or not; it changes none. */
  public void forEach(BiConsumer<byte[], Value> action) {
    values.forEach(action);
  }

  /**
   * Stores a key from an image of the slot: no effect and no event tells of it, but whoever watches
   * the key or waits for it notices.
   *
   * @param value in no map yet and without an expiry
   * @param expiresAtMillis or {@link Value#NEVER}
   * @return whether there was no such key
   */
  public boolean load(byte[] key, Value value, long expiresAtMillis, long nowMillis) {
    Value before = values.put(key, value);
    if (before != null) {
      leaves(before);
    }
    use.first(value, nowMillis);
    if (expiresAtMillis != Value.NEVER) {
      expireAt(value, expiresAtMillis);
    }
    wakeWhenDue(key, value);
    notice(key, 0, key.length);
    return before == null;
  }

  /** Removes all keys, as before an image is loaded: nobody is told but who watches one. */
  public void discard() {
    if (!watches.isEmpty()) {
      names(Long.MAX_VALUE).forEach(key -> watches.touch(key, 0, key.length));
    }
    memory.forgetAll();
    values.clear();
    expiring = 0;
    schedule.replace(slot, ExpirySchedule.NEVER);
  }

  /**
   * A key was written, removed or given another expiry: called once for each key that a command
   * changed, after the change. All writes pass here.
   */
  public void changed(byte[] array, int offset, int length) {
    changes++;
    notice(array, offset, length);
  }

  private void notice(byte[] array, int offset, int length) {
    if (memory.isCounted()) {
      memory.count(length, values.get(array, offset, length));
    }
    if (!watches.isEmpty()) {
      watches.touch(array, offset, length);
    }
    if (!waiters.isEmpty()) {
      waiters.changed(array, offset, length);
    }
  }

  /** Tells whoever wants to know; a change itself is told by {@link #changed}. */
  public void happened(KeyEvent event, byte[] array, int offset, int length) {
    events.happened(event, array, offset, length);
  }

  /** A key that has expired by now counts as absent: its removal later changes nothing. */
  void watch(Watch watch, long nowMillis) {
    find(watch.key(), 0, watch.key().length, nowMillis);
    watches.add(watch);
  }

  /** Ends a watch. */
  public void unwatch(Watch watch) {
    watches.remove(watch);
  }

  private void expire(byte[] array, int offset, int length) {
    Value value = values.get(array, offset, length);
    if (value != null && !passive) {
      statistics.hasExpired();
      removeUnasked(array, offset, length, value, KeyEvent.EXPIRED);
    }
  }

  private void removeUnasked(byte[] array, int offset, int length, Value value, KeyEvent why) {
    if (effects.isWanted()) {
      effects.append(Words.DEL, Arrays.copyOfRange(array, offset, offset + length));
    }
    drop(array, offset, length, value);
    changed(array, offset, length);
    happened(why, array, offset, length);
  }

  private void drop(byte[] array, int offset, int length, Value value) {
    values.remove(array, offset, length);
    leaves(value);
  }

  /** A value is stored no more. */
  private void leaves(Value value) {
    if (value.expires()) {
      expiring--;
    }
    memory.forget(value);
  }

  // ---- Memory ----

  /** Counts the memory of all keys. */
  void countMemory() {
    values.forEach((key, value) -> memory.count(key.length, value));
  }

  /** A key that the policy allows to go, from a place chosen at random; null if there is none. */
  byte @Nullable [] sample(EvictionPolicy policy, RandomGenerator random) {
    return random(random, policy::allows);
  }

  /** The value of a key, expired or not; counts as no use. */
  @Nullable Value peek(byte[] key) {
    return values.get(key, 0, key.length);
  }

  /** Removes a key for want of memory, if it is still there. */
  void evict(byte[] key) {
    Value value = peek(key);
    if (value != null && !passive) {
      statistics.wasEvicted();
      removeUnasked(key, 0, key.length, value, KeyEvent.EVICTED);
    }
  }

  // ---- Active expiry ----

  /** How many buckets a whole walk for expired keys has to look at. */
  int buckets() {
    return values.buckets();
  }

  /**
   * Removes the expired keys in buckets {@code from} to {@code to}.
   *
   * @return the soonest expiry of the others there; {@link ExpirySchedule#NEVER} if none has one
   */
  long expireBuckets(int from, int to, long nowMillis) {
    long soonest = ExpirySchedule.NEVER;
    List<byte[]> gone;
    do {
      gone = new ArrayList<>();
      for (int i = from; i < Math.min(to, values.buckets()); i++) {
        Value value = values.valueAt(i);
        byte[] key = values.keyAt(i);
        if (key == null || value == null || !value.expires()) {
          continue;
        }
        if (value.isExpired(nowMillis) && !passive) {
          gone.add(key);
        } else {
          soonest = Math.min(soonest, value.expiresAtMillis());
        }
      }
      for (byte[] key : gone) {
        expire(key, 0, key.length);
      }
      if (waiters.isDue()) {
        // Someone waited for one of them: no command follows that would tell.
        gone.forEach(key -> wakeups.add(slot, key, nowMillis));
      }
      // Removals move keys from the buckets ahead to these, where the walk would not see them.
    } while (!gone.isEmpty());
    return soonest;
  }

  // ---- Statistics ----

  /** What has happened to the keys, but for changes. */
  public KeyStatistics statistics() {
    return statistics;
  }

  /** Changes to keys since the node's start. */
  public long changes() {
    return changes;
  }
}
