package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.Value;

/** What an RDB file is a series of. */
sealed interface RdbRecord {
  /** Where nothing is known of a key's use. */
  int UNKNOWN = -1;

  /**
   * A key.
   *
   * @param expiresAtMillis or {@link Value#NEVER}
   * @param idleSeconds how long it was not used, or {@link #UNKNOWN}
   * @param frequency how often it counts as used, or {@link #UNKNOWN}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Key(byte[] key, Value value, long expiresAtMillis, long idleSeconds, int frequency)
      implements RdbRecord {}

  /** A field of which no record of ours makes use. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Auxiliary(byte[] name, byte[] content) implements RdbRecord {}

  /** The keys that follow are of that database. */
  record Database(long number) implements RdbRecord {}

  /** How many keys follow, about. */
  record SizeHint(long keys) implements RdbRecord {}

  /** Something that has no meaning here and that nobody misses. */
  record Skipped() implements RdbRecord {}

  /** A library of functions, which this node does not have. */
  record Function() implements RdbRecord {}

  /** What a module keeps beside its keys. */
  record ModuleData(String module) implements RdbRecord {}

  record End() implements RdbRecord {}
}
