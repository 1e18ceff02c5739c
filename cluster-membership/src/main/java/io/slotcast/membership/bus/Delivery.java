package io.slotcast.membership.bus;

/** What becomes of a message that is lost with a connection. */
public enum Delivery {
  /** It is sent again until the peer has acknowledged it, and later ones wait for it. */
  RELIABLE,

  /**
   * It is gone, and nothing waits for it: for what is worthless when late, because the next of its
   * kind is on its way. Costs no acknowledgement.
   */
  BEST_EFFORT
}
