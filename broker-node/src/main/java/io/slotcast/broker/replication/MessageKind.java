package io.slotcast.broker.replication;

import org.jspecify.annotations.Nullable;

/**
 * What a primary and its replica tell each other. After the kind, one byte, comes the number of the
 * session, eight bytes; then what is said here. All numbers are big-endian, offsets eight bytes.
 */
enum MessageKind {
  /** Replica: shard epoch (8), the name of the stream that it has (40), and up to which offset. */
  SYNC_REQUEST(1),
  /** Primary: goes on from where the replica is, under that name (40). */
  CONTINUE(2),
  /** Primary: all of it comes, by that name (40), from that offset on. */
  FULL(3),
  /** Primary: the offset of the first byte, then bytes of the stream. */
  STREAM(4),
  /** Primary: slot (4), {@link ImagePiece} (1), then bytes of an image of the slot as it is now. */
  IMAGE(5),
  /** Primary: the first (4) and the last (4) of slots that hold no key now. */
  EMPTY(6),
  /** Primary: there has been an image of each slot. */
  END_OF_SYNC(7),
  /** Primary, each second: its offset. */
  HEARTBEAT(8),
  /**
   * Replica, after what it has taken in and each second: the offset up to which it has the stream,
   * or -1 while images are to come; the one up to which that is on its disk, and how many bytes of
   * the session it has received.
   */
  ACK(9),
  /** Primary: it knows of no such session. */
  NO_SESSION(10);

  private static final @Nullable MessageKind[] BY_CODE = new @Nullable MessageKind[16];

  static {
    for (MessageKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;

  MessageKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** The kind with that code, or null. */
  static @Nullable MessageKind of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }
}
