package io.slotcast.broker.keyspace.rdb;

import java.util.List;

/**
 * All keys of one slot at one moment, as key records of an RDB file.
 *
 * @param parts of some megabytes each, unless one key takes more; a key is whole within its part.
 *     None of an empty slot; not to be changed
 * @param keys how many there are
 * @param expiring how many of them have an expiry
 * @param version the first version of the format that knows all of it
 */
public record SlotImage(List<byte[]> parts, long keys, long expiring, int version) {
  /** The length of all parts. */
  public long bytes() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }
}
