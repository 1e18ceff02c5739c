package io.slotcast.broker.pubsub;

import io.netty.buffer.ByteBufAllocator;
import io.slotcast.broker.net.IoLoop;

/** One message to all subscribers of its channel. */
final class Fanout {
  private Fanout() {}

  /** Returns how many received it; the caller holds the table's lock, which keeps the order. */
  static int toChannel(
      ChannelTable table,
      SubscriptionKind kind,
      Message message,
      IoLoop loop,
      ByteBufAllocator allocator) {
    Subscribers subscribers =
        table.find(message.array(), message.channelOffset(), message.channelLength());
    if (subscribers == null) {
      return 0;
    }
    MessageFrame frame = MessageFrame.encode(loop.frame(), allocator, kind, null, message);
    try {
      subscribers.deliver(frame, loop, kind.isShard());
    } finally {
      frame.release();
    }
    return subscribers.size();
  }
}
