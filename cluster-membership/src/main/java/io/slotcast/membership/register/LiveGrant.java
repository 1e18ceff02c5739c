package io.slotcast.membership.register;

import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;

/**
 * Slots that a voter has granted to a node and for how much longer, in nanoseconds of its clock.
 */
public record LiveGrant(NodeId holder, SlotSet slots, long remainingNanos) {}
