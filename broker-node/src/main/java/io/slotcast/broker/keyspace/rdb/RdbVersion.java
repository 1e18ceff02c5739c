package io.slotcast.broker.keyspace.rdb;

/** Versions of the RDB format. */
final class RdbVersion {
  /** That of Redis 7.0, which is written wherever it can say all of a value. */
  static final int WRITTEN = 10;

  /** That of Redis 7.4, the newest that is read. */
  static final int NEWEST = 12;

  private RdbVersion() {}

  /** The first version that knows a layout which is written here. */
  static int of(RdbType type) {
    return type == RdbType.HASH_WITH_EXPIRIES ? NEWEST : WRITTEN;
  }
}
