package io.slotcast.broker.config;

/** Which peers get a classic PUBLISH: all, or those with a subscriber that it could reach. */
public enum PublishRouting {
  BROADCAST,
  INTEREST
}
