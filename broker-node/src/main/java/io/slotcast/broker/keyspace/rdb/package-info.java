/**
 * Values in the format of Redis' RDB files, which is what DUMP gives and RESTORE takes: one class
 * for each type of value, over a reader and a writer of the format's lengths and strings.
 */
@NullMarked
package io.slotcast.broker.keyspace.rdb;

import org.jspecify.annotations.NullMarked;
