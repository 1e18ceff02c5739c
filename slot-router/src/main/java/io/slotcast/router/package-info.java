/**
 * Hash slots, the cluster's topology, and where a command belongs: pure values, no I/O, no
 * dependency.
 *
 * <p>Start with {@link io.slotcast.router.SlotHash} (key to slot), then {@link
 * io.slotcast.router.Topology} (who owns a slot) and {@link io.slotcast.router.SlotRouter} (what to
 * do with a command, as one sealed {@link io.slotcast.router.Route}).
 */
@NullMarked
package io.slotcast.router;

import org.jspecify.annotations.NullMarked;
