/** Slots from one shard to another: what such changes do to the topology, as pure functions. */
@NullMarked
package io.slotcast.membership.resharding;

import org.jspecify.annotations.NullMarked;
