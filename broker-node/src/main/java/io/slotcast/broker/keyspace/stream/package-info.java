/** Streams: entries in packed blocks, and what consumer groups know of them. */
@NullMarked
package io.slotcast.broker.keyspace.stream;

import org.jspecify.annotations.NullMarked;
