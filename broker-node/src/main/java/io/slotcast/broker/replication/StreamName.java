package io.slotcast.broker.replication;

/**
 * What a stream of effects is known by, as Redis' replication ids: who has it up to an offset under
 * that name goes on from there. After a promotion the stream goes on under another name, and is
 * known by the former one up to where that ended.
 *
 * @param id 40 hexadecimal digits
 * @param formerId the name before; 40 zeros if there is none
 * @param formerEnd the offset at which {@code formerId} ended; -1 if there is none
 */
public record StreamName(String id, String formerId, long formerEnd) {
  private static final String NONE = "0".repeat(40);

  static StreamName of(String id) {
    return new StreamName(id, NONE, -1);
  }

  /** The stream under a new name from {@code offset} on. */
  StreamName goingOnAs(String newId, long offset) {
    return new StreamName(newId, id, offset);
  }

  /** Whether who has the stream {@code askedId} up to {@code offset} has nothing else than this. */
  boolean covers(String askedId, long offset) {
    return askedId.equals(id) || (askedId.equals(formerId) && offset <= formerEnd);
  }
}
