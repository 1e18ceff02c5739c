/** Channels and patterns, classic and sharded, and the fan-out of a message on this node. */
@NullMarked
package io.slotcast.broker.pubsub;

import org.jspecify.annotations.NullMarked;
