package io.slotcast.broker.keyspace;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * When a key was last used, or how often: 24 bits beside its value. {@code maxmemory-policy} says
 * which of the two; where it changes, the bits that are there mean little until the keys are used
 * again, as in Redis. Source: {@code evict.c}.
 *
 * <p>A time is in seconds, and comes again after 194 days. How often is a number of eight bits that
 * grows ever more rarely the greater it is, below the minute in which it last changed, of sixteen
 * bits: it shrinks by one for each minute without use.
 *
 * <p>Safe from any thread, but for the values: those are guarded by their slots' locks.
 */
public final class KeyUse {
  /** What a key counts as used when it is new, so that it is not the first to go. */
  static final int FREQUENCY_OF_NEW = 5;

  /** The bits that are a use's. */
  static final int MASK = (1 << 24) - 1;

  private static final int FREQUENCY_BITS = 8;
  private static final int MOST = (1 << FREQUENCY_BITS) - 1;
  private static final int MINUTES_MASK = MASK >> FREQUENCY_BITS;

  /** {@code lfu-log-factor} of Redis. */
  private static final double RARITY = 10;

  private final Supplier<RandomGenerator> random;
  private volatile boolean countsFrequency;

  KeyUse(Supplier<RandomGenerator> random) {
    this.random = random;
  }

  /** From now on the bits say how often a key is used, or else when. */
  public void countFrequency(boolean wanted) {
    countsFrequency = wanted;
  }

  /** Whether it is kept how often keys are used, and not when. */
  public boolean countsFrequency() {
    return countsFrequency;
  }

  // ---- Of a value that is stored; under its slot's lock ----

  /** A value was used. */
  public void again(Value value, long nowMillis) {
    value.use(usedAgain(value.use(), nowMillis));
  }

  /** A value has just been stored. */
  public void first(Value value, long nowMillis) {
    value.use(ofNew(nowMillis));
  }

  /** A value counts as not used for so long; nothing if not that is kept of keys. */
  public void idleFor(Value value, long seconds, long nowMillis) {
    if (!countsFrequency) {
      value.use(ofIdle(seconds, nowMillis));
    }
  }

  /** A value counts as used so often, from 0 to 255; nothing if not that is kept of keys. */
  public void often(Value value, int frequency, long nowMillis) {
    if (countsFrequency) {
      value.use(ofFrequency(frequency, nowMillis));
    }
  }

  /** How long a value was not used. */
  public long idleSeconds(Value value, long nowMillis) {
    return idleSeconds(value.use(), nowMillis);
  }

  /** How often a value counts as used, from 0 to 255. */
  public int frequency(Value value, long nowMillis) {
    return frequency(value.use(), nowMillis);
  }

  /** What is kept of a value's use, as Redis' DEBUG OBJECT shows it. */
  public int bits(Value value) {
    return value.use();
  }

  // ---- The bits ----

  /** The bits of a key that is new. */
  int ofNew(long nowMillis) {
    return countsFrequency ? ofFrequency(FREQUENCY_OF_NEW, nowMillis) : seconds(nowMillis);
  }

  /** The bits of a key that is used once more. */
  int usedAgain(int bits, long nowMillis) {
    if (!countsFrequency) {
      return seconds(nowMillis);
    }
    int frequency = frequency(bits, nowMillis);
    int beyondNew = Math.max(frequency - FREQUENCY_OF_NEW, 0);
    boolean grows = frequency < MOST && random.get().nextDouble() < 1 / (beyondNew * RARITY + 1);
    return ofFrequency(grows ? frequency + 1 : frequency, nowMillis);
  }

  /** The bits of a key that was not used for so long. */
  int ofIdle(long idleSeconds, long nowMillis) {
    return (int) (seconds(nowMillis) - idleSeconds) & MASK;
  }

  /** The bits of a key that counts as used so often. */
  int ofFrequency(int frequency, long nowMillis) {
    return (minutes(nowMillis) << FREQUENCY_BITS) | frequency;
  }

  /** How long a key was not used. */
  long idleSeconds(int bits, long nowMillis) {
    return (seconds(nowMillis) - (long) bits) & MASK;
  }

  /** How often a key counts as used, from 0 to 255. */
  int frequency(int bits, long nowMillis) {
    int idleMinutes = (minutes(nowMillis) - (bits >> FREQUENCY_BITS)) & MINUTES_MASK;
    return Math.max((bits & MOST) - idleMinutes, 0);
  }

  private static int seconds(long millis) {
    return (int) (millis / 1000) & MASK;
  }

  private static int minutes(long millis) {
    return (int) (millis / 60_000) & MINUTES_MASK;
  }
}
