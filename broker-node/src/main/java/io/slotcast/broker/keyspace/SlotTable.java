package io.slotcast.broker.keyspace;

import io.slotcast.broker.effect.EffectStream;
import io.slotcast.router.SlotHash;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The slots of this node that were ever used. Safe from any thread. */
public final class SlotTable {
  private final AtomicReferenceArray<@Nullable Slot> slots =
      new AtomicReferenceArray<>(SlotHash.SLOTS);
  private final ExpirySchedule schedule = new ExpirySchedule();
  private final EffectStream effects = new EffectStream();
  private final Wakeups wakeups = new Wakeups();
  private volatile boolean expiresActively = true;

  /** Whether a slot that is made is passive; see {@link #passive}. */
  private volatile boolean newArePassive;

  /** How many slots are being made at this moment, perhaps by what this was a moment ago. */
  private final AtomicInteger creating = new AtomicInteger();

  private final KeyUse use = new KeyUse(ThreadLocalRandom::current);
  private final KeyEvents events = new KeyEvents();
  private final KeyMemory memory = new KeyMemory();
  private final SlotContext context =
      new SlotContext(schedule, effects, events, wakeups, use, memory);

  /** The slot of that number, made when it is first asked for. */
  public Slot get(int number) {
    Slot slot = slots.get(number);
    return slot != null ? slot : create(number);
  }

  /** The slot of that number if it was ever used, or null. */
  public @Nullable Slot find(int number) {
    return slots.get(number);
  }

  /** Asks a slot under its lock; {@code absent} if the slot was never used. */
  public <R> R query(int number, Function<Slot, R> question, R absent) {
    Slot slot = slots.get(number);
    if (slot == null) {
      return absent;
    }
    slot.lock();
    try {
      return question.apply(slot);
    } finally {
      slot.unlock();
    }
  }

  /** Where the effects of writes to these slots go. */
  public EffectStream effects() {
    return effects;
  }

  /** Where word of what happens to keys goes. */
  public KeyEvents events() {
    return events;
  }

  ExpirySchedule schedule() {
    return schedule;
  }

  /** Whether keys whose time is over are removed even if nobody asks for them. */
  public boolean expiresActively() {
    return expiresActively;
  }

  public void expireActively(boolean wanted) {
    expiresActively = wanted;
  }

  /** When keys were used, or how often. */
  public KeyUse use() {
    return use;
  }

  /** How much memory the keys take. */
  public KeyMemory memory() {
    return memory;
  }

  /** From now on {@link #memory()} is counted; takes each slot's lock in turn the first time. */
  void countMemory() {
    if (!memory.isCounted()) {
      memory.count();
      forEach(slot -> slot.keys().countMemory());
    }
  }

  Wakeups wakeups() {
    return wakeups;
  }

  /**
   * Says of all slots, those that are yet to be used as well, whether they are passive: see {@link
   * Slot#passive}. Takes each slot's lock in turn: the caller must hold none.
   */
  public synchronized void passive(boolean wanted) {
    newArePassive = wanted;
    while (creating.get() > 0) {
      // A few instructions without a lock: whoever makes a slot may hold another one's.
      Thread.onSpinWait();
    }
    forEach(slot -> slot.passive(wanted));
  }

  private Slot create(int number) {
    creating.incrementAndGet();
    try {
      Slot created = new Slot(number, context);
      created.passive(newArePassive);
      Slot before = slots.compareAndExchange(number, null, created);
      return before == null ? created : before;
    } finally {
      creating.decrementAndGet();
    }
  }

  /** Calls {@code action} with each slot that was ever used, ascending, holding its lock. */
  public void forEach(Consumer<Slot> action) {
    for (int number = 0; number < SlotHash.SLOTS; number++) {
      Slot slot = slots.get(number);
      if (slot != null) {
        slot.lock();
        try {
          action.accept(slot);
        } finally {
          slot.unlock();
        }
      }
    }
  }

  /** CONFIG RESETSTAT. */
  public void resetStatistics() {
    forEach(
        slot -> {
          slot.keys().statistics().reset();
          slot.usage().reset();
        });
  }
}
