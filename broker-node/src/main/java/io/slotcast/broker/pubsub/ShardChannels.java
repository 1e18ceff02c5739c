package io.slotcast.broker.pubsub;

import io.netty.buffer.ByteBufAllocator;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The shard channels of one hash slot, and the patterns over shard channels whose hash tag puts
 * them in it. Guarded by the slot's lock.
 */
final class ShardChannels {
  private final ChannelTable channels = new ChannelTable();
  private final PatternTable patterns = new PatternTable(SubscriptionKind.SHARD_PATTERN);

  private final RecentMessages recent = new RecentMessages();

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

  // ---- What subscribers may have missed; see ADR 0015 ----

  /** Keeps a message for those who may come and have missed it, if there can be any. */
  void remember(int slot, Message message, long nowMillis, ShardMemory memory) {
    long since = memory.rememberedSince(slot, nowMillis);
    if (since == ShardMemory.NOTHING) {
      return;
    }
    int before = recent.capacity();
    recent.forgetBefore(since);
    if (memory.isFull()) {
      recent.clear();
    }
    recent.add(message, nowMillis);
    memory.count(recent.capacity() - before);
  }

  /** Frees what nobody can have missed any more. */
  void forget(int slot, long nowMillis, ShardMemory memory) {
    int before = recent.capacity();
    recent.forgetBefore(memory.rememberedSince(slot, nowMillis));
    if (recent.isEmpty()) {
      recent.clear();
    }
    memory.count(recent.capacity() - before);
  }

  /** Hands over the messages that came since then and are remembered. */
  void since(long millis, Consumer<Message> action) {
    recent.forEachSince(millis, action);
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
