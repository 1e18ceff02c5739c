package io.slotcast.broker.replication;

import io.slotcast.broker.peer.ReplicationLink;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads and builds what {@link MessageKind} lists. */
final class Message {
  static final int NAME = 40;
  private static final byte[] NOTHING = new byte[0];
  private static final int MAX_HEAD = 80;

  private final ByteBuffer head = ByteBuffer.allocate(MAX_HEAD);

  /** Begins a message; one at a time. */
  Message begin(MessageKind kind, long session) {
    head.clear();
    head.put((byte) kind.code()).putLong(session);
    return this;
  }

  Message number(long value) {
    head.putLong(value);
    return this;
  }

  Message slot(int value) {
    head.putInt(value);
    return this;
  }

  Message piece(ImagePiece value) {
    head.put((byte) value.code());
    return this;
  }

  Message name(String id) {
    head.put(id.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  void sendTo(ReplicationLink link) {
    sendTo(link, NOTHING, 0, 0);
  }

  /** With bytes behind it; returns the length of all. */
  int sendTo(ReplicationLink link, byte[] array, int offset, int length) {
    link.sendReplication(head.array(), head.position(), array, offset, length);
    return head.position() + length;
  }

  // ---- Reading ----

  /** A message that has arrived; its fields are read in their order. */
  static final class Received {
    private final byte[] array;
    private final ByteBuffer in;
    private final MessageKind kind;
    private final long session;

    private Received(byte[] array, ByteBuffer in, MessageKind kind, long session) {
      this.array = array;
      this.in = in;
      this.kind = kind;
      this.session = session;
    }

    MessageKind kind() {
      return kind;
    }

    long session() {
      return session;
    }

    long number() {
      return in.getLong();
    }

    int slot() {
      return in.getInt();
    }

    ImagePiece piece() {
      return ImagePiece.of(in.get());
    }

    String name() {
      byte[] id = new byte[NAME];
      in.get(id);
      return new String(id, StandardCharsets.US_ASCII);
    }

    byte[] array() {
      return array;
    }

    /** Where the bytes behind the fields begin. */
    int offset() {
      return in.position();
    }

    int length() {
      return in.remaining();
    }
  }

  /**
   * Reads the beginning of a message.
   *
   * @throws IllegalArgumentException if it is none; {@link BufferUnderflowException} here and later
   *     if it is too short
   */
  static Received read(byte[] array, int offset, int length) {
    ByteBuffer in = ByteBuffer.wrap(array, offset, length);
    MessageKind kind = MessageKind.of(in.get());
    if (kind == null) {
      throw new IllegalArgumentException("unknown kind");
    }
    return new Received(array, in, kind, in.getLong());
  }
}
