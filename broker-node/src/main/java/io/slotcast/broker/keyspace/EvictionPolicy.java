package io.slotcast.broker.keyspace;

import java.util.Locale;

/** Which keys go when there is no room, {@code maxmemory-policy}. */
public enum EvictionPolicy {
  /** None: commands that need memory are refused. */
  NOEVICTION,
  VOLATILE_LRU,
  VOLATILE_LFU,
  VOLATILE_RANDOM,
  VOLATILE_TTL,
  ALLKEYS_LRU,
  ALLKEYS_LFU,
  ALLKEYS_RANDOM;

  /** By the directive's value. */
  public static EvictionPolicy named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether a key may go at all. */
  boolean allows(Value value) {
    return switch (this) {
      case NOEVICTION -> false;
      case VOLATILE_LRU, VOLATILE_LFU, VOLATILE_RANDOM, VOLATILE_TTL -> value.expires();
      case ALLKEYS_LRU, ALLKEYS_LFU, ALLKEYS_RANDOM -> true;
    };
  }

  /** The greater, the sooner the key goes. */
  long rank(SlotKeys keys, Value value, long nowMillis) {
    return switch (this) {
      case VOLATILE_LRU, ALLKEYS_LRU -> keys.use().idleSeconds(value, nowMillis);
      case VOLATILE_LFU, ALLKEYS_LFU -> -keys.use().frequency(value, nowMillis);
      case VOLATILE_TTL -> -value.expiresAtMillis();
      case NOEVICTION, VOLATILE_RANDOM, ALLKEYS_RANDOM -> 0;
    };
  }
}
