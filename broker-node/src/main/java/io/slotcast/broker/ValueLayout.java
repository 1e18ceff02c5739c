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
        () -> config.get(Directives.ENCODINGS.streamNodeMaxBytes),
        () -> config.get(Directives.ENCODINGS.streamNodeMaxEntries));
  }

  SortedSetValue.Limits sortedSetLimits() {
    return new SortedSetValue.Limits(
        () -> config.get(Directives.ENCODINGS.zsetMaxListpackEntries),
        () -> config.get(Directives.ENCODINGS.zsetMaxListpackValue));
  }

  HashValue.Limits hashLimits() {
    return new HashValue.Limits(
        config.get(Directives.ENCODINGS.hashMaxListpackEntries),
        config.get(Directives.ENCODINGS.hashMaxListpackValue));
  }

  long maxIntegers() {
    return config.get(Directives.ENCODINGS.setMaxIntsetEntries);
  }

  /** What the directives say at the moment. */
  RdbSettings settings() {
    return new RdbSettings(
        config.get(Directives.ENCODINGS.rdbcompression),
        config.get(Directives.ENCODINGS.listMaxListpackSize),
        maxIntegers(),
        hashLimits(),
        sortedSetLimits(),
        streamLimits(),
        config.get(Directives.MAXMEMORY_POLICY).endsWith("-lru"));
  }
}
