package io.slotcast.broker.pubsub;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The shard messages of one slot that were published of late, in their order, packed one behind the
 * other: when they came (8 bytes), the lengths of channel and payload (4 each), channel, payload.
 * Guarded by the slot's lock.
 */
final class RecentMessages {
  private static final int HEADER = 16;
  private static final int SMALLEST = 1024;

  private byte[] bytes = new byte[0];

  /** Wraps {@code bytes}. */
  private ByteBuffer numbers = ByteBuffer.wrap(bytes);

  private int from;
  private int to;

  boolean isEmpty() {
    return from == to;
  }

  /** The memory that it holds, in bytes. */
  int capacity() {
    return bytes.length;
  }

  void add(Message message, long nowMillis) {
    int length = HEADER + message.channelLength() + message.payloadLength();
    if (bytes.length - to < length) {
      makeRoom(length);
    }
    numbers.putLong(to, nowMillis);
    numbers.putInt(to + 8, message.channelLength());
    numbers.putInt(to + 12, message.payloadLength());
    byte[] source = message.array();
    int channel = to + HEADER;
    System.arraycopy(source, message.channelOffset(), bytes, channel, message.channelLength());
    int payload = channel + message.channelLength();
    System.arraycopy(source, message.payloadOffset(), bytes, payload, message.payloadLength());
    to += length;
  }

  private void makeRoom(int more) {
    int used = to - from;
    int needed = Math.addExact(used, more);
    byte[] room = bytes;
    if (needed > bytes.length / 2) {
      room = new byte[Math.max(SMALLEST, (int) Math.min(needed * 2L, Integer.MAX_VALUE - 64))];
    }
    System.arraycopy(bytes, from, room, 0, used);
    bytes = room;
    numbers = ByteBuffer.wrap(bytes);
    from = 0;
    to = used;
  }

  /** Forgets what came before then. */
  void forgetBefore(long millis) {
    while (from < to && numbers.getLong(from) < millis) {
      from += length(from);
    }
    if (from == to) {
      from = 0;
      to = 0;
    }
  }

  /** Forgets all and holds no memory. */
  void clear() {
    from = 0;
    to = 0;
    bytes = new byte[0];
    numbers = ByteBuffer.wrap(bytes);
  }

  private int length(int at) {
    return HEADER + numbers.getInt(at + 8) + numbers.getInt(at + 12);
  }

  /** Hands over those that came then or later, as views that end with the next one. */
  void forEachSince(long millis, Consumer<Message> action) {
    for (int at = from; at < to; at += length(at)) {
      if (numbers.getLong(at) >= millis) {
        int channelLength = numbers.getInt(at + 8);
        int channel = at + HEADER;
        int payload = channel + channelLength;
        action.accept(new Message(bytes, channel, channelLength, payload, numbers.getInt(at + 12)));
      }
    }
  }
}
