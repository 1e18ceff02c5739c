package io.slotcast.broker.pubsub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.broker.resp.RespWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes to subscribers, encoded once for all of them: a head in RESP2's form
 * (RESP3's differs in its first byte), and a body of its own for a payload so large that sharing it
 * is cheaper than copying it.
 *
 * @param head its first {@code length} bytes count
 * @param body the payload and its line end, or null if the head holds them; whoever made the frame
 *     releases it
 */
record MessageFrame(byte[] head, int length, @Nullable ByteBuf body) {
  /** From this payload on, sharing costs less than a copy for each subscriber. */
  static final int SHARED_FROM = 4 * 1024;

  /** With a pattern in front for pattern subscriptions. The head lies in {@code sink}. */
  static MessageFrame encode(
      GrowingSink sink,
      ByteBufAllocator allocator,
      SubscriptionKind kind,
      byte @Nullable [] pattern,
      Message message) {
    sink.clear();
    RespWriter writer = new RespWriter(sink, false);
    writer.array(pattern == null ? 3 : 4);
    writer.bulk(kind.message());
    if (pattern != null) {
      writer.bulk(pattern);
    }
    byte[] array = message.array();
    writer.bulk(array, message.channelOffset(), message.channelLength());
    int length = message.payloadLength();
    if (length < SHARED_FROM) {
      writer.bulk(array, message.payloadOffset(), length);
      return new MessageFrame(sink.array(), sink.length(), null);
    }
    writer.bulkHeader(length);
    ByteBuf body = allocator.directBuffer(length + 2);
    body.writeBytes(array, message.payloadOffset(), length).writeByte('\r').writeByte('\n');
    return new MessageFrame(sink.array(), sink.length(), body);
  }

  /** A frame that may outlive the sink and cross to another thread; it has its own reference. */
  MessageFrame detached() {
    return new MessageFrame(
        Arrays.copyOf(head, length), length, body == null ? null : body.retain());
  }

  void release() {
    if (body != null) {
      body.release();
    }
  }
}
