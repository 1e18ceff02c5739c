/** Sorted sets: packed pairs, or a tree that counts its entries beside a hash table. */
@NullMarked
package io.slotcast.broker.keyspace.sortedset;

import org.jspecify.annotations.NullMarked;
