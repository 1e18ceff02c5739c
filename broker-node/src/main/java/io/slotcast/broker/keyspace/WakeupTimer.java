package io.slotcast.broker.keyspace;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Wakes keys when their time has come: see {@link SlotKeys#wakeAt}. One timer on one event loop,
 * set to the soonest time of all; a turn wakes so many keys at most, each under its slot's lock.
 *
 * <p>Owned by the loop that it runs on.
 */
public final class WakeupTimer implements AutoCloseable {
  private static final int KEYS_A_TURN = 64;

  /** Until a key is looked at again whose slot this node may not write at the moment. */
  static final long ELSEWHERE_MILLIS = 1_000;

  /** A timer further off is set anew on the way, for the clock may be set meanwhile. */
  private static final long FURTHEST_MILLIS = 10_000;

  private final SlotTable slots;
  private final IntPredicate mayWrite;
  private final LongSupplier millis;
  private final ScheduledExecutorService loop;
  private final BiConsumer<Slot, byte[]> wake;
  private @Nullable ScheduledFuture<?> next;
  private volatile boolean closed;

  /**
   * @param mayWrite whether this node may change the keys of a slot at this moment
   * @param millis wall-clock milliseconds
   * @param wake does what is due in a key, on the loop; the caller holds no slot's lock
   */
  public WakeupTimer(
      SlotTable slots,
      IntPredicate mayWrite,
      LongSupplier millis,
      ScheduledExecutorService loop,
      BiConsumer<Slot, byte[]> wake) {
    this.slots = slots;
    this.mayWrite = mayWrite;
    this.millis = millis;
    this.loop = loop;
    this.wake = wake;
  }

  /** Before any slot is used. */
  public void start() {
    slots
        .wakeups()
        .onSooner(
            () -> {
              if (!closed) {
                loop.execute(this::set);
              }
            });
  }

  private void set() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
    long at = slots.wakeups().nextMillis();
    if (at != Wakeups.NEVER && !closed) {
      long delay = Math.clamp(at - millis.getAsLong(), 1, FURTHEST_MILLIS);
      next = loop.schedule(this::turn, delay, TimeUnit.MILLISECONDS);
    }
  }

  private void turn() {
    try {
      wakeDue();
    } finally {
      set();
    }
  }

  /** Wakes the keys whose time has come, as many as one turn does. */
  void wakeDue() {
    long now = millis.getAsLong();
    for (Wakeups.Place place : slots.wakeups().takeDue(now, KEYS_A_TURN)) {
      if (mayWrite.test(place.slot())) {
        wake.accept(slots.get(place.slot()), place.key());
      } else {
        slots.wakeups().add(place.slot(), place.key(), now + ELSEWHERE_MILLIS);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
