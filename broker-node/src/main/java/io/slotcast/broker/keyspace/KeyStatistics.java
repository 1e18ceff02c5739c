package io.slotcast.broker.keyspace;

/** What has happened to the keys of one slot since CONFIG RESETSTAT. Guarded by the slot's lock. */
public final class KeyStatistics {
  private long hits;
  private long misses;
  private long expired;
  private long evicted;

  KeyStatistics() {}

  void hit() {
    hits++;
  }

  void missed() {
    misses++;
  }

  void hasExpired() {
    expired++;
  }

  void wasEvicted() {
    evicted++;
  }

  /** Look-ups by reading commands that found their key. */
  public long hits() {
    return hits;
  }

  /** Look-ups by reading commands that found nothing. */
  public long misses() {
    return misses;
  }

  /** Keys that were removed because their time was over. */
  public long expired() {
    return expired;
  }

  /** Keys that were removed for want of memory. */
  public long evicted() {
    return evicted;
  }

  void reset() {
    hits = 0;
    misses = 0;
    expired = 0;
    evicted = 0;
  }
}
