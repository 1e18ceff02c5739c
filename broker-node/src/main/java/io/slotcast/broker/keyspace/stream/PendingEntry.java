package io.slotcast.broker.keyspace.stream;

import org.jspecify.annotations.Nullable;

/** An entry that was delivered to a consumer of a group and not acknowledged yet. */
public final class PendingEntry {
  final long ms;
  final long seq;
  private Consumer consumer;
  private long deliveredMillis;
  private long deliveries;

  /** Its neighbours in a {@link DeliveryOrder}, which alone sets them. */
  @Nullable PendingEntry earlier;

  @Nullable PendingEntry later;

  PendingEntry(StreamId id, Consumer consumer, long deliveredMillis, long deliveries) {
    this.ms = id.ms();
    this.seq = id.seq();
    this.consumer = consumer;
    this.deliveredMillis = deliveredMillis;
    this.deliveries = deliveries;
  }

  public StreamId id() {
    return new StreamId(ms, seq);
  }

  /** Who has it; {@link ConsumerGroup#nobody} where it was released. */
  public Consumer consumer() {
    return consumer;
  }

  void consumer(Consumer newConsumer) {
    consumer = newConsumer;
  }

  /** Wall-clock milliseconds of its last delivery; 0 where it was released. */
  public long deliveredMillis() {
    return deliveredMillis;
  }

  /** How often it was delivered. */
  public long deliveries() {
    return deliveries;
  }

  /** How often it will have been delivered after one more time. */
  public long nextDeliveries() {
    return deliveries == Long.MAX_VALUE ? Long.MAX_VALUE : deliveries + 1;
  }

  /** It was delivered then, and so often in all. */
  void delivered(long millis, long times) {
    deliveredMillis = millis;
    deliveries = times;
  }
}
