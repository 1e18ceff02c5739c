package io.slotcast.broker.net;

/** A socket whose deliveries its loop sends at the end of a turn. */
public interface Outlet {
  /** Sends what waits; returns whether there was something. */
  boolean flushDeliveries();
}
