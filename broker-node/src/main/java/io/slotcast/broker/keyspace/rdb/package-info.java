/**
 * Values in the format of Redis' RDB files, which is what DUMP gives and RESTORE takes: one class
 * for each type of value, over a reader and a writer of the format's lengths and strings. {@link
 * io.slotcast.broker.keyspace.rdb.SlotImages} has all keys of a slot in it.
 */
@NullMarked
package io.slotcast.broker.keyspace.rdb;

import org.jspecify.annotations.NullMarked;
