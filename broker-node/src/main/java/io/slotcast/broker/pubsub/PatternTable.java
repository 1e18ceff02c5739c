package io.slotcast.broker.pubsub;

import io.netty.buffer.ByteBufAllocator;
import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Patterns and their subscribers, in the order in which the patterns were first subscribed to.
 * Guarded by its owner's lock.
 */
final class PatternTable {
  private final SubscriptionKind kind;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(GlobPattern pattern, Subscribers subscribers) {}

  PatternTable(SubscriptionKind kind) {
    this.kind = kind;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
  }

  /** Adds a subscriber; returns whether it is the pattern's first. */
  boolean add(byte[] pattern, Connection connection) {
    for (Entry entry : entries) {
      if (Arrays.equals(entry.pattern().bytes(), pattern)) {
        entry.subscribers().add(connection);
        return false;
      }
    }
    Subscribers subscribers = new Subscribers();
    subscribers.add(connection);
    entries.add(new Entry(new GlobPattern(pattern), subscribers));
    return true;
  }

  /** Removes a subscriber; returns whether it was the pattern's last. */
  boolean remove(byte[] pattern, Connection connection) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (Arrays.equals(entry.pattern().bytes(), pattern)) {
        entry.subscribers().remove(connection);
        if (entry.subscribers().size() == 0) {
          entries.remove(i);
          return true;
        }
        return false;
      }
    }
    return false;
  }

  int subscribers(byte[] pattern) {
    for (Entry entry : entries) {
      if (Arrays.equals(entry.pattern().bytes(), pattern)) {
        return entry.subscribers().size();
      }
    }
    return 0;
  }

  /** Delivers a message to the subscribers of each pattern that matches; returns how many. */
  int deliver(Message message, IoLoop loop, ByteBufAllocator allocator) {
    int receivers = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      GlobPattern pattern = entry.pattern();
      if (pattern.matches(message.array(), message.channelOffset(), message.channelLength())) {
        MessageFrame frame =
            MessageFrame.encode(loop.frame(), allocator, kind, pattern.bytes(), message);
        try {
          entry.subscribers().deliver(frame, loop, kind.isShard());
        } finally {
          frame.release();
        }
        receivers += entry.subscribers().size();
      }
    }
    return receivers;
  }

  void forEach(BiConsumer<byte[], Subscribers> action) {
    entries.forEach(entry -> action.accept(entry.pattern().bytes(), entry.subscribers()));
  }
}
