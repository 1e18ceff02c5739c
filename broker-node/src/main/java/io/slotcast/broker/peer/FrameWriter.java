package io.slotcast.broker.peer;

import io.slotcast.broker.pubsub.Message;
import io.slotcast.broker.resp.GrowingSink;

/**
 * Builds frames: a length of four bytes, big-endian, that counts what follows; the kind in one
 * byte; the body. A message's body is the length of its channel as a variable-length integer (seven
 * bits a byte, the lowest first), the channel, and the payload up to the end.
 */
final class FrameWriter {
  static final int HEADER = 5;
  private final GrowingSink sink;

  FrameWriter(GrowingSink sink) {
    this.sink = sink;
  }

  /** The bytes of the last frame built, from 0 to {@link #length()}. */
  byte[] array() {
    return sink.array();
  }

  int length() {
    return sink.length();
  }

  void message(FrameKind kind, Message message) {
    int channel = message.channelLength();
    begin(kind, varintLength(channel) + channel + message.payloadLength());
    varint(channel);
    sink.write(message.array(), message.channelOffset(), channel);
    sink.write(message.array(), message.payloadOffset(), message.payloadLength());
  }

  /** A frame with a number of eight bytes, then bytes. */
  void numbered(FrameKind kind, long number, byte[] body) {
    begin(kind, 8 + body.length);
    for (int shift = 56; shift >= 0; shift -= 8) {
      sink.writeByte((int) (number >>> shift));
    }
    sink.write(body);
  }

  void bytes(FrameKind kind, byte[] body) {
    begin(kind, body.length);
    sink.write(body);
  }

  private void begin(FrameKind kind, int bodyLength) {
    sink.clear();
    int length = bodyLength + 1;
    sink.writeByte(length >>> 24);
    sink.writeByte(length >>> 16);
    sink.writeByte(length >>> 8);
    sink.writeByte(length);
    sink.writeByte(kind.code());
  }

  private void varint(int value) {
    int rest = value;
    while (rest >= 0x80) {
      sink.writeByte(rest | 0x80);
      rest >>>= 7;
    }
    sink.writeByte(rest);
  }

  private static int varintLength(int value) {
    int length = 1;
    for (int rest = value; rest >= 0x80; rest >>>= 7) {
      length++;
    }
    return length;
  }
}
