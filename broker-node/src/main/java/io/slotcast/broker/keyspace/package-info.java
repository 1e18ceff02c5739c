/** The hash slots of this node, each with its lock and its keys. */
@NullMarked
package io.slotcast.broker.keyspace;

import org.jspecify.annotations.NullMarked;
