/** Strings: one array of bytes a key. */
@NullMarked
package io.slotcast.broker.keyspace.string;

import org.jspecify.annotations.NullMarked;
