package io.slotcast.broker.keyspace.stream;

/** One consumer of a group, by name. */
public final class Consumer {
  /** {@link #activeMillis} of a consumer that never got an entry. */
  public static final long NEVER = -1;

  private final byte[] name;
  private final PendingEntries pending = new PendingEntries();
  private long seenMillis;
  private long activeMillis = NEVER;

  Consumer(byte[] name, long seenMillis) {
    this.name = name;
    this.seenMillis = seenMillis;
  }

  /** Not to be changed. */
  public byte[] name() {
    return name;
  }

  /** What it has not acknowledged. */
  public PendingEntries pending() {
    return pending;
  }

  /** Wall-clock milliseconds of the last time that it asked. */
  public long seenMillis() {
    return seenMillis;
  }

  public void seen(long millis) {
    seenMillis = millis;
  }

  /** Wall-clock milliseconds of the last time that it got an entry, or {@link #NEVER}. */
  public long activeMillis() {
    return activeMillis;
  }

  public void active(long millis) {
    activeMillis = millis;
  }
}
