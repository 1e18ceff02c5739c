package io.slotcast.broker.keyspace.stream;

/**
 * Where a group's entries go that were delivered too often.
 *
 * @param key of the stream that they are added to, in the same slot; not to be changed
 * @param maxDeliveries how often an entry is delivered at most; at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DeadLetters(byte[] key, long maxDeliveries) {}
