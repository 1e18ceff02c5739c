package io.slotcast.broker.keyspace;

import io.slotcast.broker.effect.EffectLog;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One hash slot of this node: the unit of storage, locking and ownership. Its keys, and the shard
 * channels that hash to it, are guarded by its lock, which is held for the length of one command
 * and never across I/O; a thread holds one slot's lock at a time.
 */
public final class Slot {
  private final int number;
  private final ReentrantLock lock = new ReentrantLock();

  private final EffectLog effects;
  private final Waiters waiters = new Waiters();
  private final SlotKeys keys;
  private final SlotUsage usage = new SlotUsage();

  Slot(int number, SlotContext context) {
    this.number = number;
    this.effects = context.effects();
    this.keys = new SlotKeys(number, context, waiters);
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
  public EffectLog effects() {
    return effects;
  }

  /** Who waits for keys; guarded by the lock. */
  public Waiters waiters() {
    return waiters;
  }

  /** What commands on the slot cost; guarded by the lock. */
  public SlotUsage usage() {
    return usage;
  }

  public void lock() {
    lock.lock();
  }

  public void unlock() {
    lock.unlock();
  }
}
