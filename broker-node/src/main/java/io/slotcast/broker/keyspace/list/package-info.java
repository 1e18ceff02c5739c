/** Lists. */
@NullMarked
package io.slotcast.broker.keyspace.list;

import org.jspecify.annotations.NullMarked;
