package io.slotcast.broker.keyspace.rdb;

/** Elements that were packed into one string, in one of the ways of Redis' versions. */
sealed interface PackedElements permits ListpackElements, ZiplistElements, ZipmapElements {
  boolean hasNext();

  /**
   * The next element, in an array of its own.
   *
   * @throws RdbException if there is none
   */
  byte[] next();
}
