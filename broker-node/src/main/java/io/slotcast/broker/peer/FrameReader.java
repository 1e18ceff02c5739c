package io.slotcast.broker.peer;

import io.slotcast.broker.pubsub.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Parses frames in place; see {@link FrameWriter} for their form. The view of a frame ends with the
 * next one. Owned by the link's event loop.
 */
final class FrameReader {
  /** A whole request of a client fits in, and what is larger is no frame. */
  static final int MAX_LENGTH = 1 << 30;

  /** Before the peer has proved itself; text that answers a hello is never taken for a length. */
  static final int MAX_HANDSHAKE_LENGTH = 1024;

  private final int maxLength;
  private byte[] array = new byte[0];
  private int bodyStart;
  private int end;
  private FrameKind kind = FrameKind.PING;

  FrameReader(int maxLength) {
    this.maxLength = maxLength;
  }

  /**
   * Reads the frame that begins at {@code from}.
   *
   * @return the position behind it, or -1 if it is not all there
   */
  int read(byte[] source, int from, int to) throws FrameException {
    if (to - from < FrameWriter.HEADER) {
      return -1;
    }
    int length = ByteBuffer.wrap(source, from, 4).getInt();
    if (length < 1 || length > maxLength) {
      throw new FrameException("a frame of " + length + " bytes");
    }
    if (to - from - 4 < length) {
      return -1;
    }
    FrameKind found = FrameKind.of(source[from + 4]);
    if (found == null) {
      throw new FrameException("a frame of unknown kind " + source[from + 4]);
    }
    kind = found;
    array = source;
    bodyStart = from + FrameWriter.HEADER;
    end = from + 4 + length;
    return end;
  }

  FrameKind kind() {
    return kind;
  }

  /** The array that the body lies in, from {@link #bodyOffset} on. */
  byte[] array() {
    return array;
  }

  int bodyOffset() {
    return bodyStart;
  }

  int bodyLength() {
    return end - bodyStart;
  }

  /** The body as a channel and a payload. */
  Message message() throws FrameException {
    int at = bodyStart;
    int channelLength = 0;
    for (int shift = 0; ; shift += 7) {
      if (at == end || shift > 28) {
        throw new FrameException("a message without a channel");
      }
      byte b = array[at++];
      channelLength |= (b & 0x7F) << shift;
      if (b >= 0) {
        break;
      }
    }
    if (channelLength < 0 || channelLength > end - at) {
      throw new FrameException("a channel of " + channelLength + " bytes in " + (end - at));
    }
    int payload = at + channelLength;
    return new Message(array, at, channelLength, payload, end - payload);
  }

  /** The number at the beginning of a numbered frame. */
  long number() throws FrameException {
    if (bodyLength() < 8) {
      throw new FrameException("a number of " + bodyLength() + " bytes");
    }
    return ByteBuffer.wrap(array, bodyStart, 8).getLong();
  }

  /** What follows the number of a numbered frame; {@link #number} was called before. */
  byte[] numberedBody() {
    return Arrays.copyOfRange(array, bodyStart + 8, end);
  }

  byte[] body() {
    return Arrays.copyOfRange(array, bodyStart, end);
  }
}
