package io.slotcast.broker.keyspace.rdb;

import org.jspecify.annotations.Nullable;

/**
 * How a value is laid out: the byte before it. Source: {@code rdb.h} of Redis 7.0 to 7.4. Those of
 * modules are not here.
 */
enum RdbType {
  STRING(0),
  LIST(1),
  SET(2),
  SORTED_SET(3),
  HASH(4),
  SORTED_SET_2(5),
  HASH_ZIPMAP(9),
  LIST_ZIPLIST(10),
  SET_INTSET(11),
  SORTED_SET_ZIPLIST(12),
  HASH_ZIPLIST(13),
  LIST_QUICKLIST(14),
  STREAM_LISTPACKS(15),
  HASH_LISTPACK(16),
  SORTED_SET_LISTPACK(17),
  LIST_QUICKLIST_2(18),
  STREAM_LISTPACKS_2(19),
  SET_LISTPACK(20),
  STREAM_LISTPACKS_3(21),
  HASH_WITH_EXPIRIES(24),
  HASH_LISTPACK_WITH_EXPIRIES(25);

  private static final RdbType[] ALL = values();

  private final int code;

  RdbType(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The type of that byte; null if there is none. */
  static @Nullable RdbType of(int code) {
    for (RdbType type : ALL) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }
}
