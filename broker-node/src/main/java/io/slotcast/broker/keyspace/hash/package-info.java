/** Hashes: packed pairs, or a hash table. */
@NullMarked
package io.slotcast.broker.keyspace.hash;

import org.jspecify.annotations.NullMarked;
