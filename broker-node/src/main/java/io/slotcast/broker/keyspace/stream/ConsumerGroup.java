package io.slotcast.broker.keyspace.stream;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A consumer group: how far it came in the stream, and who has what is not acknowledged. */
public final class ConsumerGroup {
  /** {@link #entriesRead} where it cannot be known. */
  public static final long UNKNOWN = -1;

  private final byte[] name;
  private final TreeMap<byte[], Consumer> consumers = new TreeMap<>(Arrays::compareUnsigned);
  private final PendingEntries pending = new PendingEntries();
  private StreamId lastDelivered;
  private long entriesRead;

  ConsumerGroup(byte[] name, StreamId lastDelivered, long entriesRead) {
    this.name = name;
    this.lastDelivered = lastDelivered;
    this.entriesRead = entriesRead;
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
    for (PendingEntry entry : consumer.pending().toList()) {
      pending.remove(entry);
    }
    consumers.remove(consumer.name());
    return count;
  }

  // ---- Pending entries ----

  /** An entry that is not pending was delivered to a consumer. */
  public PendingEntry addPending(StreamId id, Consumer to, long millis, long deliveries) {
    PendingEntry entry = new PendingEntry(id, to, millis, deliveries);
    pending.add(entry);
    to.pending().add(entry);
    return entry;
  }

  /** Gives a pending entry to a consumer, who may have it already. */
  public void assign(PendingEntry entry, Consumer to) {
    if (entry.consumer() != to) {
      entry.consumer().pending().remove(entry);
      entry.consumer(to);
      to.pending().add(entry);
    }
  }

  /** It is pending no more. */
  public void removePending(PendingEntry entry) {
    pending.remove(entry);
    entry.consumer().pending().remove(entry);
  }
}
