package io.slotcast.broker.keyspace.stream;

/** What XTRIM and XADD are to leave of a stream. */
public sealed interface Trim {
  /** Whether only whole blocks go, as with {@code ~}. */
  boolean approximate();

  /** How many entries go at most; 0 for no limit. */
  long limit();

  /** What becomes of the groups' references to what goes, and what stays for their sake. */
  References references();

  /** So many entries stay. */
  record MaxLength(long length, boolean approximate, long limit, References references)
      implements Trim {}

  /** Entries from that id on stay. */
  record MinId(StreamId id, boolean approximate, long limit, References references)
      implements Trim {}
}
