package io.slotcast.router;

/** The keys, or shard channels, of one command as the router sees them. */
public interface Keys {
  int count();

  /** The hash slot of the i-th key. */
  int slot(int i);

  /** Whether the i-th key is the same as the first. */
  default boolean isFirstAgain(int i) {
    return i == 0;
  }

  /** Whether this node holds the i-th key; asked only while its slot is under way. */
  boolean isPresent(int i);
}
