package io.slotcast.broker.pubsub;

import io.netty.buffer.ByteBufAllocator;
import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is subscribed to on this node, and the fan-out of messages to it.
 *
 * <p>Classic channels and patterns are the node's; shard channels are their slot's, under its lock.
 * A shard pattern whose hash tag fixes its slot is kept there too; any other is kept for the whole
 * node under {@code looseLock}, which is taken after a slot's lock.
 */
public final class PubSub {
  private final SlotTable slots;
  private final ByteBufAllocator allocator;

  /** By slot number; each guarded by its slot's lock. */
  private final AtomicReferenceArray<@Nullable ShardChannels> bySlot =
      new AtomicReferenceArray<>(SlotHash.SLOTS);

  private final ClassicChannels classic = new ClassicChannels();
  private final PatternTable loosePatterns = new PatternTable(SubscriptionKind.SHARD_PATTERN);
  private final ReentrantLock looseLock = new ReentrantLock();
  private volatile boolean anyLoosePattern;
  private final ShardMemory memory = new ShardMemory();
  private volatile Broadcast broadcast = Broadcast.NONE;
  private volatile InterestGate interest = InterestGate.OPEN;

  public PubSub(SlotTable slots, ByteBufAllocator allocator) {
    this.slots = slots;
    this.allocator = allocator;
  }

  /** Sends messages on to other nodes from now on. */
  public void broadcastBy(Broadcast newBroadcast) {
    broadcast = newBroadcast;
  }

  /** Tells others when subscriptions end, from now on. */
  public void interestBy(InterestGate gate) {
    interest = gate;
  }

  // ---- Publishing ----

  /** PUBLISH: to this node's subscribers and to the other nodes. Returns the receivers here. */
  public int publish(Message message, IoLoop loop) {
    loop.counters().classicPublishes++;
    return classic.publish(message, loop, allocator, broadcast);
  }

  /** A PUBLISH that another node sent here. */
  public int deliver(Message message, IoLoop loop) {
    return classic.publish(message, loop, allocator, Broadcast.NONE);
  }

  /** SPUBLISH; the caller holds the slot's lock. Returns the receivers here. */
  public int publishShard(Slot slot, Message message, IoLoop loop) {
    loop.counters().shardPublishes++;
    int receivers = deliverShard(slot, message, loop);
    broadcast.shard(slot.number(), message, loop);
    return receivers;
  }

  /** An SPUBLISH of a node that had lost the slot to this one's shard; takes the slot's lock. */
  public void publishForwarded(int number, Message message, IoLoop loop) {
    Slot slot = slots.get(number);
    slot.lock();
    try {
      deliverShard(slot, message, loop);
      broadcast.shard(number, message, loop);
    } finally {
      slot.unlock();
    }
  }

  /** An SPUBLISH that another node sent here; takes the slot's lock. */
  public int deliverShard(int number, Message message, IoLoop loop) {
    Slot slot = slots.get(number);
    slot.lock();
    try {
      return deliverShard(slot, message, loop);
    } finally {
      slot.unlock();
    }
  }

  private int deliverShard(Slot slot, Message message, IoLoop loop) {
    ShardChannels channels = shardChannels(slot.number());
    channels.remember(slot.number(), message, loop.millis(), memory);
    int receivers = channels.deliver(message, loop, allocator);
    if (anyLoosePattern) {
      looseLock.lock();
      try {
        receivers += loosePatterns.deliver(message, loop, allocator);
      } finally {
        looseLock.unlock();
      }
    }
    return receivers;
  }

  // ---- Subscribing; on the connection's loop ----

  /** Subscribes a connection; returns false if it was subscribed already. */
  public boolean subscribe(Subscriptions subscriptions, SubscriptionKind kind, byte[] name) {
    if (!subscriptions.add(kind, name)) {
      return false;
    }
    switch (kind) {
      case CHANNEL, PATTERN -> classic.add(kind, name, subscriptions.connection());
      case SHARD_CHANNEL, SHARD_PATTERN -> {
        if (isLoose(kind, name)) {
          addLoose(subscriptions, name);
        } else {
          inSlot(kind, name, slot -> slot.add(kind, name, subscriptions.connection()));
        }
      }
    }
    return true;
  }

  /**
   * Ends a subscription; returns false if there was none. When it returns, no more of the channel's
   * messages reach the connection.
   */
  public boolean unsubscribe(Subscriptions subscriptions, SubscriptionKind kind, byte[] name) {
    if (!subscriptions.remove(kind, name)) {
      return false;
    }
    removeFromTables(subscriptions, kind, name);
    // What other loops handed over before the removal is delivered before the confirmation.
    subscriptions.connection().loop().receiveMessages();
    return true;
  }

  private void removeFromTables(Subscriptions subscriptions, SubscriptionKind kind, byte[] name) {
    switch (kind) {
      case CHANNEL, PATTERN -> {
        if (classic.remove(kind, name, subscriptions.connection())) {
          interest.unsubscribed(kind, name);
        }
      }
      case SHARD_CHANNEL, SHARD_PATTERN -> {
        if (isLoose(kind, name)) {
          removeLoose(subscriptions, name);
        } else {
          inSlot(kind, name, slot -> slot.remove(kind, name, subscriptions.connection()));
        }
      }
    }
  }

  /** Ends all subscriptions of a connection that is gone. */
  public void unsubscribeAll(Subscriptions subscriptions) {
    for (SubscriptionKind kind : SubscriptionKind.values()) {
      for (byte[] name : subscriptions.names(kind)) {
        subscriptions.remove(kind, name);
        removeFromTables(subscriptions, kind, name);
      }
    }
  }

  /** The caller holds the slot's lock. */
  private ShardChannels shardChannels(int slot) {
    ShardChannels channels = bySlot.get(slot);
    if (channels == null) {
      channels = new ShardChannels();
      bySlot.set(slot, channels);
    }
    return channels;
  }

  private static boolean isLoose(SubscriptionKind kind, byte[] name) {
    return kind == SubscriptionKind.SHARD_PATTERN
        && ShardPattern.slotOf(name) == ShardPattern.LOOSE;
  }

  private void addLoose(Subscriptions subscriptions, byte[] name) {
    looseLock.lock();
    try {
      loosePatterns.add(name, subscriptions.connection());
      anyLoosePattern = true;
    } finally {
      looseLock.unlock();
    }
  }

  private void removeLoose(Subscriptions subscriptions, byte[] name) {
    looseLock.lock();
    try {
      loosePatterns.remove(name, subscriptions.connection());
      anyLoosePattern = !loosePatterns.isEmpty();
    } finally {
      looseLock.unlock();
    }
  }

  /** The slot that a shard channel or pattern belongs to; {@link ShardPattern#LOOSE} for any. */
  public static int slotOf(SubscriptionKind kind, byte[] name) {
    return kind.isPattern() ? ShardPattern.slotOf(name) : SlotHash.slotOf(name);
  }

  private interface ShardAction {
    void on(ShardChannels slot);
  }

  /** The caller may hold this slot's lock already: it is reentrant. */
  private void inSlot(SubscriptionKind kind, byte[] name, ShardAction action) {
    Slot slot = slots.get(slotOf(kind, name));
    slot.lock();
    try {
      action.on(shardChannels(slot.number()));
    } finally {
      slot.unlock();
    }
  }

  // ---- Subscribers that lost their node; see ADR 0015 ----

  /**
   * Remembers shard messages from now on.
   *
   * @param graceMillis how long a subscriber has to come back; 0: nothing is remembered
   * @param always whether all are remembered, or only those of slots that have just come here
   */
  public void rememberShardMessages(long graceMillis, boolean always) {
    memory.use(graceMillis, always);
  }

  /**
   * Subscribers of these slots' channels have lost their node: who subscribes here within the grace
   * is given what was published since {@code missedSince} and is remembered.
   */
  public void expectSubscribers(SlotSet lost, long missedSince, long nowMillis) {
    memory.expect(lost, missedSince, nowMillis);
  }

  /** These slots are another shard's now: nobody comes here for what was published in them. */
  public void expectNoSubscribers(SlotSet gone) {
    memory.forget(gone);
  }

  /** Gives a connection that has just subscribed what it may have missed; its slot is locked. */
  public void replayMissed(Connection connection, SubscriptionKind kind, byte[] name) {
    IoLoop loop = connection.loop();
    long since = missedSince(kind, name, loop.millis());
    if (since == ShardMemory.NOTHING) {
      return;
    }
    GlobPattern pattern = kind.isPattern() ? new GlobPattern(name) : null;
    Consumer<Message> replay =
        message -> {
          if (isFor(message, pattern, name)) {
            replay(message, connection, kind, pattern);
          }
        };
    inSlot(kind, name, channels -> channels.since(since, replay));
  }

  private long missedSince(SubscriptionKind kind, byte[] name, long nowMillis) {
    return !kind.isShard() || isLoose(kind, name)
        ? ShardMemory.NOTHING
        : memory.missedSince(slotOf(kind, name), nowMillis);
  }

  private static boolean isFor(Message message, @Nullable GlobPattern pattern, byte[] name) {
    byte[] array = message.array();
    int from = message.channelOffset();
    int length = message.channelLength();
    return pattern == null
        ? Arrays.equals(array, from, from + length, name, 0, name.length)
        : pattern.matches(array, from, length);
  }

  private void replay(
      Message message,
      Connection connection,
      SubscriptionKind kind,
      @Nullable GlobPattern pattern) {
    MessageFrame frame =
        MessageFrame.encode(
            connection.loop().frame(),
            allocator,
            kind,
            pattern == null ? null : pattern.bytes(),
            message);
    connection.deliver(frame.head(), frame.length(), frame.body());
    frame.release();
  }

  /** Frees what is remembered and nobody can have missed any more; about once a second. */
  public void forgetShardMessages(long nowMillis) {
    if (memory.heldBytes() == 0) {
      return;
    }
    for (int number = 0; number < SlotHash.SLOTS; number++) {
      ShardChannels channels = bySlot.get(number);
      if (channels != null) {
        Slot slot = slots.get(number);
        slot.lock();
        try {
          channels.forget(number, nowMillis, memory);
        } finally {
          slot.unlock();
        }
      }
    }
  }

  // ---- What PUBSUB and INFO ask ----

  /** The names subscribed to on this node that match, or all of them if the pattern is null. */
  public List<byte[]> names(SubscriptionKind kind, @Nullable GlobPattern pattern) {
    List<byte[]> names = new ArrayList<>();
    BiConsumer<byte[], Subscribers> collect =
        (name, subscribers) -> {
          if (pattern == null || pattern.matches(name)) {
            names.add(name);
          }
        };
    if (kind.isShard()) {
      slots.forEach(slot -> shardChannels(slot.number()).forEach(kind, collect));
      if (kind.isPattern()) {
        looseLock.lock();
        try {
          loosePatterns.forEach(collect);
        } finally {
          looseLock.unlock();
        }
      }
    } else {
      classic.forEach(kind, collect);
    }
    return names;
  }

  /** How many connections of this node are subscribed to a channel, or to a classic pattern. */
  public int subscribers(SubscriptionKind kind, byte[] channel) {
    if (!kind.isShard()) {
      return classic.subscribers(kind, channel);
    }
    Slot slot = slots.find(SlotHash.slotOf(channel));
    if (slot == null) {
      return 0;
    }
    slot.lock();
    try {
      Subscribers found = shardChannels(slot.number()).channels().find(channel, 0, channel.length);
      return found == null ? 0 : found.size();
    } finally {
      slot.unlock();
    }
  }

  /** How many channels or patterns of a kind have a subscriber on this node. */
  public int count(SubscriptionKind kind) {
    return switch (kind) {
      case CHANNEL -> classic.channelCount();
      case PATTERN -> classic.patternCount();
      case SHARD_CHANNEL, SHARD_PATTERN -> shardCount(kind);
    };
  }

  private int shardCount(SubscriptionKind kind) {
    AtomicInteger count = new AtomicInteger();
    slots.forEach(
        slot -> {
          ShardChannels channels = bySlot.get(slot.number());
          count.addAndGet(channels == null ? 0 : channels.count(kind));
        });
    if (kind.isPattern()) {
      looseLock.lock();
      try {
        count.addAndGet(loosePatterns.size());
      } finally {
        looseLock.unlock();
      }
    }
    return count.get();
  }
}
