package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.NodeLimits;

/**
 * What the layout of values depends on.
 *
 * @param compresses {@code rdbcompression}
 * @param listNodeSize {@code list-max-listpack-size}
 * @param maxIntegers {@code set-max-intset-entries}
 * @param hashLimits up to what a hash is packed
 * @param sortedSetLimits up to what a sorted set is packed
 * @param streamLimits how large a block of a stream may grow
 * @param keepsIdleTime whether {@code maxmemory-policy} goes by the time of a key's last use
 */
public record RdbSettings(
    boolean compresses,
    long listNodeSize,
    long maxIntegers,
    HashValue.Limits hashLimits,
    SortedSetValue.Limits sortedSetLimits,
    NodeLimits streamLimits,
    boolean keepsIdleTime) {

  ValueFormat format() {
    return new ValueFormat(this, new ListFormat(listNodeSize, ListFormat.SHORTEST_PLAIN));
  }
}
