package io.slotcast.broker.bench;

/** On which nodes the subscribers of a classic channel are; a shard channel's go to its owner. */
public enum Placement {
  /** One after the other on all primaries. */
  SPREAD,
  /** All of one channel on one primary, the next channel's on the next. */
  TOGETHER
}
