package io.slotcast.broker.peer;

import org.jspecify.annotations.Nullable;

/** What a frame between two nodes carries. The code is its place on the wire. */
public enum FrameKind {
  /** The acceptor's answer to a hello: nonce and proof. */
  CHALLENGE(1),
  /** The dialer's proof; the acceptor answers READY. */
  PROOF(2),
  /** The link is up. */
  READY(3),
  PING(4),
  PONG(5),
  /** A classic message: channel and payload. */
  PUBLISH(16),
  /** A shard message: channel and payload. */
  SHARD_PUBLISH(17),
  /** A shard message that came to a node which had lost the slot; for the receiver's shard. */
  SHARD_FORWARD(18),
  /** Asks what the receiver has subscribers for, as a list of that number; 0: does not ask. */
  INTEREST_MODE(32),
  /** One channel or pattern that the sender has subscribers for. */
  INTEREST_ADD(33),
  /** One that it has none for any more. */
  INTEREST_REMOVE(34),
  /**
   * Ends the list of the number that follows: with what came since it was asked for it is whole.
   */
  INTEREST_COMPLETE(35),
  /** The receiver routes by all that came up to this number. */
  INTEREST_ACK(36),
  /** What a primary and its replica tell each other: see {@link ReplicationPeer}. */
  REPLICATION(48),
  /** Of slots on their way to another owner: a number, and what package migration makes of it. */
  MIGRATION(56);

  private static final @Nullable FrameKind[] BY_CODE = new @Nullable FrameKind[64];

  static {
    for (FrameKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;

  FrameKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Whether it carries a message of a publisher. */
  public boolean isMessage() {
    return this == PUBLISH || this == SHARD_PUBLISH || this == SHARD_FORWARD;
  }

  /** The kind with that code, or null. */
  static @Nullable FrameKind of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
