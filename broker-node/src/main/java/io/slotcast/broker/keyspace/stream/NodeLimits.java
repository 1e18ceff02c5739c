package io.slotcast.broker.keyspace.stream;

import java.util.function.LongSupplier;

/**
 * How large a block of entries may grow. Blocks have the size that Redis' have, since trimming with
 * {@code ~} takes whole blocks and its result shows how large they are.
 */
public final class NodeLimits {
  /** Redis' bound on one block, whatever the directive says. */
  static final long LARGEST_BLOCK = 1L << 30;

  private static final long FALLBACK_TRIM_WORK = 10_000;
  private static final long LARGEST_TRIM_WORK = 1_000_000;

  private final LongSupplier bytes;
  private final LongSupplier entries;

  /**
   * @param bytes {@code stream-node-max-bytes}; 0 for no limit
   * @param entries {@code stream-node-max-entries}; 0 for no limit
   */
  public NodeLimits(LongSupplier bytes, LongSupplier entries) {
    this.bytes = bytes;
    this.entries = entries;
  }

  long maxBytes() {
    long limit = bytes.getAsLong();
    return limit == 0 || limit > LARGEST_BLOCK ? LARGEST_BLOCK : limit;
  }

  long maxEntries() {
    long limit = entries.getAsLong();
    return limit == 0 ? Long.MAX_VALUE : limit;
  }

  /** How many entries a trim with {@code ~} removes at most where the client does not say. */
  public long trimWork() {
    long limit = entries.getAsLong();
    if (limit <= 0 || limit > Long.MAX_VALUE / 100) {
      return limit <= 0 ? FALLBACK_TRIM_WORK : LARGEST_TRIM_WORK;
    }
    return Math.min(limit * 100, LARGEST_TRIM_WORK);
  }
}
