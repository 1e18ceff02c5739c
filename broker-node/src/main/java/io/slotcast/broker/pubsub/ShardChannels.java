package io.slotcast.broker.pubsub;

import io.netty.buffer.ByteBufAllocator;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import java.util.function.BiConsumer;

/**
 * The shard channels of one hash slot, and the patterns over shard channels whose hash tag puts
 * them in it. Guarded by the slot's lock.
 */
final class ShardChannels {
  private final ChannelTable channels = new ChannelTable();
  private final PatternTable patterns = new PatternTable(SubscriptionKind.SHARD_PATTERN);

  boolean add(SubscriptionKind kind, byte[] name, Connection connection) {
    return kind.isPattern() ? patterns.add(name, connection) : channels.add(name, connection);
  }

  boolean remove(SubscriptionKind kind, byte[] name, Connection connection) {
    return kind.isPattern() ? patterns.remove(name, connection) : channels.remove(name, connection);
  }

  int deliver(Message message, IoLoop loop, ByteBufAllocator allocator) {
    int receivers =
        Fanout.toChannel(channels, SubscriptionKind.SHARD_CHANNEL, message, loop, allocator);
    return patterns.isEmpty() ? receivers : receivers + patterns.deliver(message, loop, allocator);
  }

  ChannelTable channels() {
    return channels;
  }

  int count(SubscriptionKind kind) {
    return kind.isPattern() ? patterns.size() : channels.size();
  }

  boolean isEmpty() {
    return channels.isEmpty() && patterns.isEmpty();
  }

  void forEach(SubscriptionKind kind, BiConsumer<byte[], Subscribers> action) {
    if (kind.isPattern()) {
      patterns.forEach(action);
    } else {
      channels.forEach(action);
    }
  }
}
