package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;

/**
 * What the layout of values depends on.
 *
 * @param compresses {@code rdbcompression}
 * @param listNodeSize {@code list-max-listpack-size}
 * @param maxIntegers {@code set-max-intset-entries}
 * @param hashLimits up to what a hash is packed
 * @param sortedSetLimits up to what a sorted set is packed
 */
public record RdbSettings(
    boolean compresses,
    long listNodeSize,
    long maxIntegers,
    HashValue.Limits hashLimits,
    SortedSetValue.Limits sortedSetLimits) {}
