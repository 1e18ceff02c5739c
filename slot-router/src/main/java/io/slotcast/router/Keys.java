package io.slotcast.router;

/** The keys, or shard channels, of one command as the router sees them. */
public interface Keys {
  int count();

  /** The hash slot of the i-th key. */
  int slot(int i);

  /** Whether this node holds the i-th key; asked only while its slot is under way. */
  boolean isPresent(int i);
}
