/** PUBLISH, SUBSCRIBE and their kin, classic and sharded. */
@NullMarked
package io.slotcast.broker.command.pubsub;

import org.jspecify.annotations.NullMarked;
