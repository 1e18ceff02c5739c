package io.slotcast.broker.keyspace;

import io.slotcast.router.SlotHash;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;

/**
 * Removes keys whose time is over and that nobody asks for. It runs in short turns on one event
 * loop; in each it walks through slots in which something is due, a few hundred keys under the lock
 * at a time, and goes on in the next turn where it stopped.
 *
 * <p>Every slot has a time before which nothing in it expires ({@link ExpirySchedule}), so slots
 * with nothing due cost no lock, and a node with nothing due costs next to nothing. A walk finds
 * that time anew.
 *
 * <p>Owned by the loop that it runs on.
 */
public final class ExpiryCycle implements AutoCloseable {
  /** Until the next turn when all that was due is done. */
  static final long IDLE_MILLIS = 100;

  /** Until the next turn when there is more: a quarter of the time goes to expiry, at most. */
  static final long BUSY_MILLIS = 3;

  /** How long the hint that nothing is due may stand before each slot is looked at all the same. */
  static final long LOOK_MILLIS = 1_000;

  private static final long TURN_NANOS = 1_000_000;

  /** How much of a slot is looked at under one hold of its lock. */
  static final int BUCKETS_AT_ONCE = 512;

  /**
   * A walk that let the lock go may have missed a key that the removal of another moved, so it is
   * repeated after this.
   */
  static final long REPEAT_MILLIS = 60_000;

  private final SlotTable slots;
  private final IntPredicate mayWrite;
  private final LongSupplier millis;
  private final LongSupplier nanos;

  private int slot;

  /** Where the walk through {@link #slot} goes on; 0 if it has not begun. */
  private int bucket;

  /** How many buckets the slot had when the walk's last step began. */
  private int buckets;

  /** The soonest expiry that the walk has seen and left. */
  private long soonest;

  /** When all slots were last looked at, in wall-clock milliseconds. */
  private long lookedAt;

  private volatile boolean closed;

  /**
   * @param mayWrite whether this node may change the keys of a slot at this moment
   * @param millis wall-clock milliseconds
   * @param nanos a clock for the length of a turn
   */
  public ExpiryCycle(
      SlotTable slots, IntPredicate mayWrite, LongSupplier millis, LongSupplier nanos) {
    this.slots = slots;
    this.mayWrite = mayWrite;
    this.millis = millis;
    this.nanos = nanos;
  }

  /** Runs turns on an event loop from now on. */
  public void start(ScheduledExecutorService loop) {
    loop.schedule(() -> runAgain(loop), IDLE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void runAgain(ScheduledExecutorService loop) {
    if (!closed) {
      loop.schedule(() -> runAgain(loop), turn(), TimeUnit.MILLISECONDS);
    }
  }

  /** One turn; returns the milliseconds until the next one should run. */
  long turn() {
    if (!slots.expiresActively()) {
      return IDLE_MILLIS;
    }
    long now = millis.getAsLong();
    if (isQuiet(now)) {
      return IDLE_MILLIS;
    }
    ExpirySchedule schedule = slots.schedule();
    schedule.forgetSoonest();
    long next = ExpirySchedule.NEVER;
    long end = nanos.getAsLong() + TURN_NANOS;
    for (int looked = 0; looked < SlotHash.SLOTS; looked++) {
      boolean walked = isDue(now);
      if (walked) {
        walk(now, end);
      }
      if (bucket == 0) {
        long due = schedule.dueMillis(slot);
        if (due >= now) {
          next = Math.min(next, due);
        }
        slot = (slot + 1) % SlotHash.SLOTS;
      }
      if (walked && nanos.getAsLong() >= end) {
        schedule.lowerSoonest(0);
        return BUSY_MILLIS;
      }
    }
    schedule.lowerSoonest(next);
    lookedAt = now;
    return IDLE_MILLIS;
  }

  /** Whether no slot has anything due, as far as the last look at all of them can tell. */
  private boolean isQuiet(long now) {
    boolean fresh = now >= lookedAt && now - lookedAt < LOOK_MILLIS;
    return bucket == 0 && fresh && now <= slots.schedule().soonestMillis();
  }

  private boolean isDue(long now) {
    boolean due = bucket > 0 || slots.schedule().dueMillis(slot) < now;
    if (!due || mayWrite.test(slot)) {
      return due;
    }
    if (bucket > 0) {
      // The slot went to another node in the middle of a walk: should it come back, begin anew.
      bucket = 0;
      Slot left = slots.get(slot);
      left.lock();
      try {
        slots.schedule().lower(slot, now);
      } finally {
        left.unlock();
      }
    }
    return false;
  }

  /** Walks on through the slot, to its end or until the time is over. */
  private void walk(long now, long end) {
    Slot walked = slots.get(slot);
    do {
      walked.lock();
      try {
        step(walked.keys(), now);
      } finally {
        walked.unlock();
      }
    } while (bucket > 0 && nanos.getAsLong() < end);
  }

  private void step(SlotKeys keys, long now) {
    if (bucket > 0 && buckets != keys.buckets()) {
      // The keys have new places: what is behind may be ahead now, so walk through all of them.
      bucket = 0;
    }
    buckets = keys.buckets();
    if (bucket == 0) {
      soonest = ExpirySchedule.NEVER;
      // What is given an expiry during the walk lowers this again.
      slots.schedule().replace(slot, ExpirySchedule.NEVER);
    }
    boolean whole = bucket == 0 && buckets <= BUCKETS_AT_ONCE;
    soonest = Math.min(soonest, keys.expireBuckets(bucket, bucket + BUCKETS_AT_ONCE, now));
    bucket += BUCKETS_AT_ONCE;
    if (bucket < buckets) {
      return;
    }
    bucket = 0;
    if (keys.expiringCount() > 0) {
      slots.schedule().lower(slot, whole ? soonest : Math.min(soonest, now + REPEAT_MILLIS));
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
