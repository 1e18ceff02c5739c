package io.slotcast.broker.keyspace.stream;

import io.slotcast.broker.bytes.Footprint;
import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A consumer group: how far it came in the stream, and who has what is not acknowledged. */
public final class ConsumerGroup {
  /** {@link #entriesRead} where it cannot be known. */
  public static final long UNKNOWN = -1;

  /** Of a group or a consumer without pending entries. */
  private static final long OWN_FOOTPRINT = 160;

  private final byte[] name;
  private final TreeMap<byte[], Consumer> consumers = new TreeMap<>(Arrays::compareUnsigned);
  private final PendingEntries pending = new PendingEntries();
  private final Consumer nobody = new Consumer(new byte[0], 0);
  private final DeliveryOrder released = new DeliveryOrder();
  private final DeliveryOrder byDelivery = new DeliveryOrder();
  private StreamId lastDelivered;
  private long entriesRead;
  private @Nullable DeadLetters deadLetters;

  ConsumerGroup(byte[] name, StreamId lastDelivered, long entriesRead) {
    this.name = name;
    this.lastDelivered = lastDelivered;
    this.entriesRead = entriesRead;
  }

  /** A group of its own with the same consumers and pending entries. */
  ConsumerGroup copy() {
    ConsumerGroup copy = new ConsumerGroup(name, lastDelivered, entriesRead);
    copy.deadLetters = deadLetters;
    for (Consumer consumer : consumers.values()) {
      copy.createConsumer(consumer.name(), consumer.seenMillis()).active(consumer.activeMillis());
    }
    for (PendingEntry entry = claimable(null); entry != null; entry = claimable(entry)) {
      Consumer owner = copy.consumers.get(entry.consumer().name());
      copy.addPending(
          entry.id(),
          isReleased(entry) || owner == null ? copy.nobody : owner,
          entry.deliveredMillis(),
          entry.deliveries());
    }
    return copy;
  }

  /** How much memory it takes, about: its consumers and, above all, its pending entries. */
  long footprint() {
    long entry = Footprint.object(4 * Long.BYTES + 5 * Footprint.REFERENCE);
    return (consumers.size() + 1L) * OWN_FOOTPRINT + pending.size() * entry;
  }

  /** Not to be changed. */
  public byte[] name() {
    return name;
  }

  /** The last id that was delivered to any consumer. */
  public StreamId lastDelivered() {
    return lastDelivered;
  }

  /** How many of the stream's entries ever it has read, or {@link #UNKNOWN}. */
  public long entriesRead() {
    return entriesRead;
  }

  public void set(StreamId newLastDelivered, long newEntriesRead) {
    lastDelivered = newLastDelivered;
    entriesRead = newEntriesRead;
  }

  /** What is pending with any of its consumers. */
  public PendingEntries pending() {
    return pending;
  }

  /** What becomes of entries that were delivered too often; null if they are delivered on. */
  public @Nullable DeadLetters deadLetters() {
    return deadLetters;
  }

  public void deadLetters(@Nullable DeadLetters letters) {
    deadLetters = letters;
  }

  // ---- Consumers ----

  public @Nullable Consumer consumer(byte[] consumerName) {
    return consumers.get(consumerName);
  }

  /** In the order of their names' bytes. */
  public Collection<Consumer> consumers() {
    return consumers.values();
  }

  /** Adds a consumer that is not there yet. */
  public Consumer createConsumer(byte[] consumerName, long nowMillis) {
    Consumer consumer = new Consumer(consumerName, nowMillis);
    consumers.put(consumerName, consumer);
    return consumer;
  }

  /** Removes a consumer with what was pending with it; returns how many entries that were. */
  public int deleteConsumer(Consumer consumer) {
    int count = consumer.pending().size();
    consumer.pending().toList().forEach(this::removePending);
    consumers.remove(consumer.name());
    return count;
  }

  // ---- Pending entries ----

  /** An entry that is not pending was delivered to a consumer, or released by {@link #nobody}. */
  public PendingEntry addPending(StreamId id, Consumer to, long millis, long deliveries) {
    PendingEntry entry = new PendingEntry(id, to, millis, deliveries);
    pending.add(entry);
    to.pending().add(entry);
    order(entry);
    return entry;
  }

  /** A pending entry was delivered to a consumer, who may have it already. */
  public void deliver(PendingEntry entry, Consumer to, long millis, long deliveries) {
    orderOf(entry).remove(entry);
    if (entry.consumer() != to) {
      entry.consumer().pending().remove(entry);
      entry.consumer(to);
      to.pending().add(entry);
    }
    entry.delivered(millis, deliveries);
    order(entry);
  }

  /** A pending entry is nobody's any more, and is claimed before others. */
  public void release(PendingEntry entry, long deliveries) {
    deliver(entry, nobody, 0, deliveries);
  }

  /** It is pending no more. */
  public void removePending(PendingEntry entry) {
    pending.remove(entry);
    entry.consumer().pending().remove(entry);
    orderOf(entry).remove(entry);
  }

  private void order(PendingEntry entry) {
    if (isReleased(entry)) {
      released.append(entry);
    } else {
      byDelivery.insert(entry);
    }
  }

  private DeliveryOrder orderOf(PendingEntry entry) {
    return isReleased(entry) ? released : byDelivery;
  }

  // ---- Claiming ----

  /** The owner of what was released: no consumer of the group, with an empty name. */
  public Consumer nobody() {
    return nobody;
  }

  public boolean isReleased(PendingEntry entry) {
    return entry.consumer() == nobody;
  }

  /** Whether an entry is pending for so long that it may be claimed. */
  public boolean isIdle(PendingEntry entry, long minIdleMillis, long nowMillis) {
    return minIdleMillis == 0
        || isReleased(entry)
        || nowMillis - entry.deliveredMillis() >= minIdleMillis;
  }

  /**
   * The entry that may be claimed first: what was released in its order, then what was delivered
   * the longest ago.
   *
   * @param behind null for the very first; else one that is pending, and the one behind it is meant
   */
  public @Nullable PendingEntry claimable(@Nullable PendingEntry behind) {
    if (behind == null) {
      PendingEntry first = released.first();
      return first == null ? byDelivery.first() : first;
    }
    PendingEntry next = DeliveryOrder.after(behind);
    return next == null && isReleased(behind) ? byDelivery.first() : next;
  }
}
