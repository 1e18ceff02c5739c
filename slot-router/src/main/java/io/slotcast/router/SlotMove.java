package io.slotcast.router;

/**
 * A slot under way from its owner to another primary: the source answers ASK for keys that it no
 * longer has, the target serves them to a caller that said ASKING.
 */
public record SlotMove(int slot, NodeId source, NodeId target) {}
