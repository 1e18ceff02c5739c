/** Sets: sorted integers, or a hash table. */
@NullMarked
package io.slotcast.broker.keyspace.set;

import org.jspecify.annotations.NullMarked;
