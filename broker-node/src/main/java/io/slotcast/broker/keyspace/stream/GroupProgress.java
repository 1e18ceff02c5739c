package io.slotcast.broker.keyspace.stream;

import org.jspecify.annotations.Nullable;

/**
 * How far a group came in its stream, counted in entries that were ever added: exact while no
 * deletion ahead makes the count unknowable. The rules are those of Redis 7.0's {@code t_stream.c}.
 */
public final class GroupProgress {
  private GroupProgress() {}

  /** How many entries the group has still to read; null where that is not known. */
  public static @Nullable Long lag(StreamValue stream, ConsumerGroup group) {
    if (stream.entriesAdded() == 0) {
      return 0L;
    }
    boolean counted = group.entriesRead() != ConsumerGroup.UNKNOWN;
    if (counted && !hasDeletionsBehind(stream, group.lastDelivered())) {
      return stream.entriesAdded() - group.entriesRead();
    }
    long read = entriesUpTo(stream, group.lastDelivered());
    return read == ConsumerGroup.UNKNOWN ? null : stream.entriesAdded() - read;
  }

  /** The group reads the entry of that id, the next one behind its last. */
  public static void read(StreamValue stream, ConsumerGroup group, StreamId id) {
    boolean counted = group.entriesRead() != ConsumerGroup.UNKNOWN;
    long read = group.entriesRead();
    if (counted && !hasDeletionsBehind(stream, id)) {
      read++;
    } else if (stream.entriesAdded() > 0) {
      read = entriesUpTo(stream, id);
    }
    group.set(id, read);
  }

  /** Whether an entry of that id or a later one may have been deleted from among the others. */
  private static boolean hasDeletionsBehind(StreamValue stream, StreamId id) {
    StreamId deleted = stream.maxDeletedId();
    return stream.length() > 0 && !deleted.equals(StreamId.MIN) && id.compareTo(deleted) <= 0;
  }

  /** How many entries were ever added up to that id, if it can be told. */
  public static long entriesUpTo(StreamValue stream, StreamId id) {
    if (stream.entriesAdded() == 0) {
      return 0;
    }
    int toLast = id.compareTo(stream.lastId());
    if (toLast == 0 || (stream.length() == 0 && toLast < 0)) {
      return stream.entriesAdded();
    }
    if (toLast > 0) {
      return ConsumerGroup.UNKNOWN;
    }
    StreamId deleted = stream.maxDeletedId();
    boolean isWhole = deleted.equals(StreamId.MIN) || deleted.isBefore(stream.firstId());
    if (isWhole) {
      int toFirst = id.compareTo(stream.firstId());
      if (toFirst < 0) {
        return stream.entriesAdded() - stream.length();
      } else if (toFirst == 0) {
        return stream.entriesAdded() - stream.length() + 1;
      }
    }
    return ConsumerGroup.UNKNOWN;
  }
}
