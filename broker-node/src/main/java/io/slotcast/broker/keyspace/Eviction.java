package io.slotcast.broker.keyspace;

import io.slotcast.router.SlotHash;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the memory of keys below {@code maxmemory}, by removing keys where the policy allows it. Of
 * a few keys at random the one that ranks first goes, as in Redis. Safe from any thread.
 */
public final class Eviction {
  /** So many keys go for one command at most: the next one goes on. */
  private static final int MOST_AT_ONCE = 64;

  private final SlotTable slots;
  private final IntPredicate mayWrite;
  private final Supplier<RandomGenerator> random;

  /** Where the next search for candidates begins; threads that race only begin at the same slot. */
  private final AtomicInteger nextSlot = new AtomicInteger();

  private volatile Limits limits = new Limits(0, EvictionPolicy.NOEVICTION, 1);

  /**
   * What is kept to.
   *
   * @param bytes 0 for no limit
   * @param samples of how many keys the one to go is chosen
   */
  public record Limits(long bytes, EvictionPolicy policy, int samples) {}

  private record Candidate(Slot slot, byte[] key, long rank) {}

  /**
   * @param mayWrite whether this node may change the keys of a slot at this moment
   */
  public Eviction(SlotTable slots, IntPredicate mayWrite, Supplier<RandomGenerator> random) {
    this.slots = slots;
    this.mayWrite = mayWrite;
    this.random = random;
  }

  /** Takes each slot's lock in turn when a limit is first set: the caller must hold none. */
  public void limit(Limits newLimits) {
    limits = newLimits;
    if (newLimits.bytes() > 0) {
      slots.countMemory();
    }
  }

  /** Whether keys take more than they may. */
  public boolean isOver() {
    long bytes = limits.bytes();
    return bytes > 0 && slots.memory().bytes() > bytes;
  }

  /**
   * Removes keys until there is room; the caller must hold no slot's lock.
   *
   * @return whether there is room, or some was made and the rest is left to the next command
   */
  public boolean makeRoom(long nowMillis) {
    for (int removed = 0; isOver(); removed++) {
      if (removed == MOST_AT_ONCE) {
        return true;
      }
      Candidate candidate = candidate(nowMillis);
      if (candidate == null) {
        return false;
      }
      Slot slot = candidate.slot();
      slot.lock();
      try {
        slot.keys().evict(candidate.key());
      } finally {
        slot.unlock();
      }
    }
    return true;
  }

  private @Nullable Candidate candidate(long nowMillis) {
    Limits current = limits;
    if (current.policy() == EvictionPolicy.NOEVICTION) {
      return null;
    }
    Candidate best = null;
    int left = current.samples();
    for (int looked = 0; looked < SlotHash.SLOTS && left > 0; looked++) {
      int number = Math.floorMod(nextSlot.getAndIncrement(), SlotHash.SLOTS);
      Slot slot = slots.find(number);
      if (slot == null || !mayWrite.test(number)) {
        continue;
      }
      slot.lock();
      try {
        SlotKeys keys = slot.keys();
        byte[] key = keys.sample(current.policy(), random.get());
        Value value = key == null ? null : keys.peek(key);
        if (key != null && value != null) {
          left--;
          long rank = current.policy().rank(keys, value, nowMillis);
          if (best == null || rank > best.rank()) {
            best = new Candidate(slot, key, rank);
          }
        }
      } finally {
        slot.unlock();
      }
    }
    return best;
  }
}
