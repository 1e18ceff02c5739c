package io.slotcast.broker.keyspace;

/**
 * Sums over all slots of a node, taken slot by slot while commands run.
 *
 * @param keys stored, those that expired and were not removed yet included
 * @param expiring how many of them have an expiry
 * @param hits look-ups by reading commands that found their key
 * @param misses look-ups by reading commands that found nothing
 * @param expired keys that were removed because their time was over
 * @param evicted keys that were removed for want of memory
 * @param changes changes to keys since the node's start
 */
public record KeyspaceTotals(
    long keys, long expiring, long hits, long misses, long expired, long evicted, long changes) {
  private static final KeyspaceTotals NONE = new KeyspaceTotals(0, 0, 0, 0, 0, 0, 0);

  /** Takes each used slot's lock in turn: the caller must hold none. */
  public static KeyspaceTotals of(SlotTable slots) {
    KeyspaceTotals[] sum = {NONE};
    slots.forEach(slot -> sum[0] = sum[0].plus(slot.keys()));
    return sum[0];
  }

  private KeyspaceTotals plus(SlotKeys slot) {
    return new KeyspaceTotals(
        keys + slot.count(),
        expiring + slot.expiringCount(),
        hits + slot.statistics().hits(),
        misses + slot.statistics().misses(),
        expired + slot.statistics().expired(),
        evicted + slot.statistics().evicted(),
        changes + slot.changes());
  }
}
