package io.slotcast.router;

/** What a command wants of the slot that it names. */
public enum Access {
  /** Reads keys. */
  READ,
  /** May change keys. */
  WRITE,
  /** Publishes or subscribes to shard channels: any node of the shard serves these. */
  SHARD_CHANNEL
}
