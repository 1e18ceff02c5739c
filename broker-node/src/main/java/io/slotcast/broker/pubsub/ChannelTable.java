package io.slotcast.broker.pubsub;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.net.Connection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Channels, or patterns, and their subscribers. Guarded by its owner's lock. */
final class ChannelTable {
  private final ByteMap<Subscribers> channels = new ByteMap<>();

  /** Adds a subscriber; returns whether it is the channel's first. */
  boolean add(byte[] channel, Connection connection) {
    Subscribers subscribers = channels.get(channel);
    boolean first = subscribers == null;
    if (subscribers == null) {
      subscribers = new Subscribers();
      channels.put(channel, subscribers);
    }
    subscribers.add(connection);
    return first;
  }

  /** Removes a subscriber; returns whether it was the channel's last. */
  boolean remove(byte[] channel, Connection connection) {
    Subscribers subscribers = channels.get(channel);
    if (subscribers == null) {
      return false;
    }
    subscribers.remove(connection);
    if (subscribers.size() > 0) {
      return false;
    }
    channels.remove(channel);
    return true;
  }

  @Nullable Subscribers find(byte[] array, int offset, int length) {
    return channels.get(array, offset, length);
  }

  int size() {
    return channels.size();
  }

  boolean isEmpty() {
    return channels.isEmpty();
  }

  void forEach(BiConsumer<byte[], Subscribers> action) {
    channels.forEach(action);
  }
}
