package io.slotcast.broker;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.rdb.RdbSettings;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.NodeLimits;

/** How values are laid out, in memory and where they are written down, as the directives say. */
record ValueLayout(ServerConfig config) {
  NodeLimits streamLimits() {
    return new NodeLimits(
        () -> config.get(Directives.STREAM_NODE_MAX_BYTES),
        () -> config.get(Directives.STREAM_NODE_MAX_ENTRIES));
  }

  SortedSetValue.Limits sortedSetLimits() {
    return new SortedSetValue.Limits(
        () -> config.get(Directives.ZSET_MAX_LISTPACK_ENTRIES),
        () -> config.get(Directives.ZSET_MAX_LISTPACK_VALUE));
  }

  HashValue.Limits hashLimits() {
    return new HashValue.Limits(
        config.get(Directives.HASH_MAX_LISTPACK_ENTRIES),
        config.get(Directives.HASH_MAX_LISTPACK_VALUE));
  }

  long maxIntegers() {
    return config.get(Directives.SET_MAX_INTSET_ENTRIES);
  }

  /** What the directives say at the moment. */
  RdbSettings settings() {
    return new RdbSettings(
        config.get(Directives.RDBCOMPRESSION),
        config.get(Directives.LIST_MAX_LISTPACK_SIZE),
        maxIntegers(),
        hashLimits(),
        sortedSetLimits(),
        streamLimits(),
        config.get(Directives.MAXMEMORY_POLICY).endsWith("-lru"));
  }
}
