package io.slotcast.router;

/** What a command wants of the slot that it names. */
public enum Access {
  /** Reads keys. */
  READ,
  /** Reads keys, of a replica as well: the caller said READONLY. */
  REPLICA_READ,
  /** May change keys. */
  WRITE,
  /**
   * Moves keys to another node: at home wherever the slot is open, at its source as at its target.
   */
  TRANSFER,
  /** Publishes or subscribes to shard channels: any node of the shard serves these. */
  SHARD_CHANNEL
}
