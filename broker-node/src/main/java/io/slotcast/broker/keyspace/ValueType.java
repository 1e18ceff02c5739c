package io.slotcast.broker.keyspace;

import java.util.Locale;

/** What a key may hold. */
public enum ValueType {
  STRING;

  /** As TYPE answers it. */
  public String redisName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
