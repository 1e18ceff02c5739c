package io.slotcast.broker.keyspace;

import io.slotcast.broker.effect.SlotEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One hash slot of this node: the unit of storage, locking and ownership. Its keys, and the shard
 * channels that hash to it, are guarded by its lock, which is held for the length of one command
 * and never across I/O; a thread holds one slot's lock at a time.
 */
public final class Slot {
  private final int number;
  private final ReentrantLock lock = new ReentrantLock();

  private final SlotEffects effects;
  private final Waiters waiters = new Waiters();
  private final SlotKeys keys;
  private final SlotUsage usage = new SlotUsage();

  /** What waits until the slot is let go; guarded by the lock. */
  private final List<Runnable> waiting = new ArrayList<>();

  /** How many hold the slot's commands back; guarded by the lock. */
  private int holds;

  Slot(int number, SlotContext context) {
    this.number = number;
    this.effects = new SlotEffects(number, context.effects());
    this.keys = new SlotKeys(number, context, effects, waiters);
  }

  /** 0 to 16,383. */
  public int number() {
    return number;
  }

  /** Notes whether a key changes from now on; the lock is held. */
  public Watch watch(byte[] key, long nowMillis) {
    Watch watch = new Watch(this, key);
    keys.watch(watch, nowMillis);
    return watch;
  }

  /** What the slot stores; guarded by the lock. */
  public SlotKeys keys() {
    return keys;
  }

  /** Where the effects of writes go; guarded by the lock. */
  public SlotEffects effects() {
    return effects;
  }

  /** Who waits for keys; guarded by the lock. */
  public Waiters waiters() {
    return waiters;
  }

  /**
   * Says whether another node decides what happens to the keys, as a primary does for its replicas:
   * then nothing expires, is evicted or becomes due here by itself, and a look-up does not see what
   * is over by this node's clock. The lock is held.
   */
  public void passive(boolean wanted) {
    keys.passive(wanted);
  }

  public boolean isPassive() {
    return keys.isPassive();
  }

  /**
   * Says whether effects are repeated by the thread that holds the lock: they see all that is
   * stored, for an effect tells what went, and have no effects themselves. Before the lock is let
   * go, that ends.
   */
  public void repeating(boolean wanted) {
    keys.repeating(wanted);
  }

  /** What commands on the slot cost; guarded by the lock. */
  public SlotUsage usage() {
    return usage;
  }

  // ---- Handing keys over: what asks for keys of the slot waits meanwhile ----

  /**
   * From now on commands on the slot's keys wait, until {@link #letGo} was called as often as this.
   * The lock is held.
   */
  public void hold() {
    holds++;
  }

  /** Whether commands on the slot's keys are to wait; the lock is held. */
  public boolean isHeld() {
    return holds > 0;
  }

  /** Runs something when the slot is no longer held; the lock is held now and will be then. */
  public void whenLetGo(Runnable action) {
    waiting.add(action);
  }

  /** Ends a {@link #hold}; the lock is held. */
  public void letGo() {
    if (--holds == 0) {
      List<Runnable> ready = List.copyOf(waiting);
      waiting.clear();
      ready.forEach(Runnable::run);
    }
  }

  public void lock() {
    lock.lock();
  }

  public void unlock() {
    lock.unlock();
  }
}
