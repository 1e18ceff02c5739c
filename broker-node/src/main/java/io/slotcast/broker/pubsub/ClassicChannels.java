package io.slotcast.broker.pubsub;

import io.netty.buffer.ByteBufAllocator;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * This node's subscribers of classic channels and patterns. Channels are spread over stripes; a
 * publisher holds its channel's stripe through the whole fan-out, which gives a channel one order
 * on this node. Patterns have a lock of their own, always taken after a stripe's.
 */
final class ClassicChannels {
  private static final int STRIPES = 64;

  private final Stripe[] stripes = new Stripe[STRIPES];
  private final PatternTable patterns = new PatternTable(SubscriptionKind.PATTERN);
  private final ReentrantLock patternLock = new ReentrantLock();

  /** Whether any pattern is subscribed to: written under patternLock, read without. */
  private volatile boolean anyPattern;

  private static final class Stripe {
    private final ReentrantLock lock = new ReentrantLock();
    private final ChannelTable channels = new ChannelTable(); // guarded by lock
  }

  ClassicChannels() {
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  private Stripe stripe(byte[] array, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + array[i];
    }
    return stripes[(hash ^ hash >>> 12) & STRIPES - 1];
  }

  /** Returns whether this is the first subscriber on this node. */
  boolean add(SubscriptionKind kind, byte[] name, Connection connection) {
    if (kind.isPattern()) {
      patternLock.lock();
      try {
        anyPattern = true;
        return patterns.add(name, connection);
      } finally {
        patternLock.unlock();
      }
    }
    Stripe stripe = stripe(name, 0, name.length);
    stripe.lock.lock();
    try {
      return stripe.channels.add(name, connection);
    } finally {
      stripe.lock.unlock();
    }
  }

  /** Returns whether this was the last subscriber on this node. */
  boolean remove(SubscriptionKind kind, byte[] name, Connection connection) {
    if (kind.isPattern()) {
      patternLock.lock();
      try {
        boolean last = patterns.remove(name, connection);
        anyPattern = !patterns.isEmpty();
        return last;
      } finally {
        patternLock.unlock();
      }
    }
    Stripe stripe = stripe(name, 0, name.length);
    stripe.lock.lock();
    try {
      return stripe.channels.remove(name, connection);
    } finally {
      stripe.lock.unlock();
    }
  }

  /**
   * Delivers on this node and then lets {@code onward} send the message on, both under the
   * channel's lock; returns the number of receivers here.
   */
  int publish(Message message, IoLoop loop, ByteBufAllocator allocator, Broadcast onward) {
    Stripe stripe = stripe(message.array(), message.channelOffset(), message.channelLength());
    stripe.lock.lock();
    try {
      int receivers =
          Fanout.toChannel(stripe.channels, SubscriptionKind.CHANNEL, message, loop, allocator);
      if (anyPattern) {
        receivers += publishToPatterns(message, loop, allocator);
      }
      onward.classic(message, loop);
      return receivers;
    } finally {
      stripe.lock.unlock();
    }
  }

  private int publishToPatterns(Message message, IoLoop loop, ByteBufAllocator allocator) {
    patternLock.lock();
    try {
      return patterns.deliver(message, loop, allocator);
    } finally {
      patternLock.unlock();
    }
  }

  int subscribers(SubscriptionKind kind, byte[] channel) {
    if (kind.isPattern()) {
      patternLock.lock();
      try {
        return patterns.subscribers(channel);
      } finally {
        patternLock.unlock();
      }
    }
    Stripe stripe = stripe(channel, 0, channel.length);
    stripe.lock.lock();
    try {
      Subscribers subscribers = stripe.channels.find(channel, 0, channel.length);
      return subscribers == null ? 0 : subscribers.size();
    } finally {
      stripe.lock.unlock();
    }
  }

  int channelCount() {
    return Arrays.stream(stripes).mapToInt(stripe -> stripe.channels.size()).sum();
  }

  int patternCount() {
    patternLock.lock();
    try {
      return patterns.size();
    } finally {
      patternLock.unlock();
    }
  }

  /** Calls {@code action} with each channel or pattern, stripe by stripe under its lock. */
  void forEach(SubscriptionKind kind, BiConsumer<byte[], Subscribers> action) {
    if (kind.isPattern()) {
      patternLock.lock();
      try {
        patterns.forEach(action);
      } finally {
        patternLock.unlock();
      }
      return;
    }
    for (Stripe stripe : stripes) {
      stripe.lock.lock();
      try {
        stripe.channels.forEach(action);
      } finally {
        stripe.lock.unlock();
      }
    }
  }
}
