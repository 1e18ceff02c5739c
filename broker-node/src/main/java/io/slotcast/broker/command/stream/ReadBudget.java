package io.slotcast.broker.command.stream;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.keyspace.stream.ElementSink;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;

/**
 * How much XREAD and XREADGROUP may reply over all streams, by MAXCOUNT and MAXSIZE of Redis 8.10.
 * The size is that of the entries on the wire; the first entry is replied however large it is, so
 * that a reader gets on.
 */
final class ReadBudget implements ElementSink {
  static final long UNLIMITED = Long.MAX_VALUE;

  /** Of the lines that tell lengths and types, beside their digits. */
  private static final int BULK_FRAME = 5;

  private static final int ARRAY_FRAME = 3;

  private final boolean bySize;
  private long entries;
  private long bytes;
  private boolean begun;
  private long measured;

  ReadBudget(long entries, long bytes) {
    this.entries = entries;
    this.bytes = bytes;
    this.bySize = bytes != UNLIMITED;
  }

  /** Whether no further entry may be replied. */
  boolean isSpent() {
    return entries <= 0 || (begun && bytes <= 0);
  }

  /** How many of a stream's entries from an id on may be replied, up to a number. */
  long take(StreamValue stream, StreamId from, long limit) {
    long count = stream.count(from, StreamId.MAX, Math.min(limit, entries));
    if (!bySize) {
      entries -= count;
      return count;
    }
    StreamCursor cursor = stream.range(from, StreamId.MAX);
    long taken = 0;
    while (taken < count && cursor.next() && take(cursor)) {
      taken++;
    }
    return taken;
  }

  /** Whether the entry that the cursor stands at may be replied. */
  boolean take(StreamCursor cursor) {
    if (isSpent()) {
      return false;
    }
    if (bySize) {
      measured = 2 * (ARRAY_FRAME + 1L);
      byte[] id = StreamId.toBytes(cursor.ms(), cursor.seq());
      string(id, 0, id.length);
      cursor.read(this);
      if (begun && measured > bytes) {
        bytes = 0;
        return false;
      }
      bytes -= measured;
    }
    begun = true;
    entries--;
    return true;
  }

  @Override
  public void string(byte[] array, int offset, int length) {
    measured += BULK_FRAME + Decimal.length(length) + length;
  }

  @Override
  public void integer(long value) {
    int length = Decimal.length(value);
    measured += BULK_FRAME + Decimal.length(length) + length;
  }
}
