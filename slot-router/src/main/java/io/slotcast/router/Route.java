package io.slotcast.router;

/** Where a command belongs, and so what its caller is told. */
public sealed interface Route {
  /**
   * This node runs it.
   *
   * @param slot -1 for a command without keys
   * @param owned whether by its right as the slot's owner, which it must still have when the reply
   *     leaves; false for a slot that is under way to this node, and on a replica
   */
  record Local(int slot, boolean owned) implements Route {
    public Local(int slot) {
      this(slot, true);
    }
  }

  /** Another node owns the slot: {@code -MOVED slot host:port}. */
  record Moved(int slot, Node owner) implements Route {}

  /** The key has gone ahead to the slot's next owner: {@code -ASK slot host:port}. */
  record Ask(int slot, Node target) implements Route {}

  /** The keys are of several slots: {@code -CROSSSLOT}. */
  record CrossSlot() implements Route {}

  /** Some of the keys are here and some have moved: {@code -TRYAGAIN}. */
  record TryAgain() implements Route {}

  /** Nobody owns the slot: {@code -CLUSTERDOWN Hash slot not served}. */
  record Unassigned(int slot) implements Route {}

  /** The slot's owner is here, or known, but may not serve now: {@code -CLUSTERDOWN}. */
  record Down(boolean readsAllowed) implements Route {}
}
