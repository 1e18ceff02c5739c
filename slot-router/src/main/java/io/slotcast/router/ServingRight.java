package io.slotcast.router;

/**
 * Whether this node may act as the owner of its slots at this moment. Asked on the path of every
 * keyed command, so an implementation reads a field or two and never blocks.
 */
public interface ServingRight {
  /** Always: for a node that is a cluster by itself in a test. */
  ServingRight ALWAYS = slot -> true;

  /** Whether a primary's lease on a slot of its own runs at this moment. */
  boolean holds(int slot);
}
