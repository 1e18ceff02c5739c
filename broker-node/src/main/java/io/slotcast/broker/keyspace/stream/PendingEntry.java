package io.slotcast.broker.keyspace.stream;

/** An entry that was delivered to a consumer of a group and not acknowledged yet. */
public final class PendingEntry {
  final long ms;
  final long seq;
  private Consumer consumer;
  private long deliveredMillis;
  private long deliveries;

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

  /** Who has it. */
  public Consumer consumer() {
    return consumer;
  }

  void consumer(Consumer newConsumer) {
    consumer = newConsumer;
  }

  /** Wall-clock milliseconds of its last delivery. */
  public long deliveredMillis() {
    return deliveredMillis;
  }

  /** How often it was delivered. */
  public long deliveries() {
    return deliveries;
  }

  /** It was delivered then, and so often in all. */
  public void delivered(long millis, long times) {
    deliveredMillis = millis;
    deliveries = times;
  }
}
