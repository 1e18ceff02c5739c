/** Pub/sub over several nodes, by raw connections. */
@NullMarked
package io.slotcast.it.pubsub;

import org.jspecify.annotations.NullMarked;
