/**
 * Who becomes the primary of a shard whose primary is gone (docs/adr/0012): state machines without
 * thread, clock or network, driven by the control-plane thread.
 */
@NullMarked
package io.slotcast.membership.failover;

import org.jspecify.annotations.NullMarked;
