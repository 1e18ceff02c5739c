package io.slotcast.broker.config;

/**
 * {@code notify-keyspace-events}: which events are published, as a set of Redis' letters.
 *
 * @param flags the letters in Redis' order, {@code A} written out
 */
public record KeyspaceEvents(String flags) {
  /** No events at all. */
  public static final KeyspaceEvents NONE = new KeyspaceEvents("");

  /** What {@code A} stands for. */
  static final String ALL = "g$lshzxetd";

  static final String IN_ORDER = ALL + "KEmn";

  /** True if events of the class with this letter are published; never {@code A}. */
  public boolean contains(char flag) {
    return flags.indexOf(flag) >= 0;
  }
}
