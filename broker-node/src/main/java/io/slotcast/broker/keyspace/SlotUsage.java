package io.slotcast.broker.keyspace;

/** What the commands on one slot cost this node since its start. Guarded by the slot's lock. */
public final class SlotUsage {
  private long nanos;
  private long bytesIn;
  private long bytesOut;

  SlotUsage() {}

  /** A command ran, which took so long, was so long on the wire, and so was its reply. */
  public void add(long tookNanos, long requestBytes, long replyBytes) {
    nanos += tookNanos;
    bytesIn += requestBytes;
    bytesOut += replyBytes;
  }

  public long nanos() {
    return nanos;
  }

  public long bytesIn() {
    return bytesIn;
  }

  public long bytesOut() {
    return bytesOut;
  }

  /** CONFIG RESETSTAT. */
  void reset() {
    nanos = 0;
    bytesIn = 0;
    bytesOut = 0;
  }
}
