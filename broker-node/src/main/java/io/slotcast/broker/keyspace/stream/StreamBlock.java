package io.slotcast.broker.keyspace.stream;

import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.bytes.Listpack;
import io.slotcast.broker.resp.Request;
import java.util.Arrays;

/**
 * Some consecutive entries, packed into one array as in a node of Redis' streams: the fields of the
 * first entry once, then each entry as flags, its id's distance from the first one's, its fields
 * unless they are the first one's, its values, and how many elements that were. A deleted entry
 * keeps its place and has a flag. Source: the comments in Redis' {@code t_stream.c}.
 *
 * <p>What Redis has before that, the listpack's header and the counts of entries, are fields here.
 */
final class StreamBlock {
  static final int DELETED = 1;
  static final int SAME_FIELDS = 2;

  /** A listpack's header and its end byte. */
  private static final int FRAME = 7;

  /** How much memory a block takes beside its array, with its place among the others. */
  static final long FOOTPRINT =
      Footprint.object(4 * Long.BYTES + 4 * Integer.BYTES + 2 * Footprint.REFERENCE);

  private static final int SMALLEST = 128;

  final long firstMs;
  final long firstSeq;
  private long lastMs;
  private long lastSeq;
  private int live;
  private int deleted;
  private byte[] bytes;
  private int used;
  private int entriesAt;

  /**
   * A block for an entry that will be its first.
   *
   * @param room about how many bytes it will grow to
   */
  StreamBlock(long ms, long seq, Request request, int firstField, int room) {
    this.firstMs = ms;
    this.firstSeq = seq;
    this.bytes = new byte[Math.max(room, SMALLEST)];
    int fields = (request.count() - firstField) / 2;
    reserve(20);
    used = Listpack.write(bytes, 0, fields);
    for (int i = 0; i < fields; i++) {
      append(request, firstField + 2 * i);
    }
    reserve(2);
    used = Listpack.write(bytes, used, 0);
    entriesAt = used;
  }

  /** A block of entries that are packed already; see {@link PackedBlock}. */
  StreamBlock(StreamId first, StreamId last, int live, int deleted, byte[] packed, int entriesAt) {
    this.firstMs = first.ms();
    this.firstSeq = first.seq();
    this.lastMs = last.ms();
    this.lastSeq = last.seq();
    this.live = live;
    this.deleted = deleted;
    this.bytes = packed;
    this.used = packed.length;
    this.entriesAt = entriesAt;
  }

  StreamBlock copy() {
    return new StreamBlock(
        new StreamId(firstMs, firstSeq),
        new StreamId(lastMs, lastSeq),
        live,
        deleted,
        Arrays.copyOf(bytes, used),
        entriesAt);
  }

  // ---- Sizes and places ----

  /** Entries that are not deleted. */
  int live() {
    return live;
  }

  /** Entries that are deleted and keep their place. */
  int deleted() {
    return deleted;
  }

  long lastMs() {
    return lastMs;
  }

  long lastSeq() {
    return lastSeq;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the first entry begins. */
  int begin() {
    return entriesAt;
  }

  /** Where the entries end. */
  int end() {
    return used;
  }

  /** How many bytes Redis would have for this block. */
  long listpackBytes() {
    return (long) FRAME + Listpack.sizeOf(live) + Listpack.sizeOf(deleted) + used;
  }

  /** The array's own size. */
  int allocated() {
    return bytes.length;
  }

  // ---- Changes ----

  /** Whether an entry whose fields and values are that long still belongs here. */
  boolean hasRoom(long elementBytes, NodeLimits limits) {
    return listpackBytes() + elementBytes < limits.maxBytes()
        && (long) live + deleted < limits.maxEntries();
  }

  void append(long ms, long seq, Request request, int firstField) {
    int fields = (request.count() - firstField) / 2;
    boolean same = hasMasterFields(request, firstField, fields);
    reserve(50);
    used = Listpack.write(bytes, used, same ? SAME_FIELDS : 0);
    used = Listpack.write(bytes, used, ms - firstMs);
    used = Listpack.write(bytes, used, seq - firstSeq);
    if (!same) {
      used = Listpack.write(bytes, used, fields);
    }
    for (int i = same ? firstField + 1 : firstField; i < request.count(); i += same ? 2 : 1) {
      append(request, i);
    }
    reserve(10);
    used = Listpack.write(bytes, used, same ? fields + 3 : 2 * fields + 4);
    lastMs = ms;
    lastSeq = seq;
    live++;
  }

  private boolean hasMasterFields(Request request, int firstField, int fields) {
    if (Listpack.integer(bytes, 0) != fields) {
      return false;
    }
    int at = Listpack.skip(bytes, 0);
    for (int i = 0; i < fields; i++) {
      if (!isEqual(at, request, firstField + 2 * i)) {
        return false;
      }
      at = Listpack.skip(bytes, at);
    }
    return true;
  }

  private boolean isEqual(int at, Request request, int i) {
    if (!Listpack.isString(bytes, at)) {
      return request.isLong(i) && request.toLong(i) == Listpack.integer(bytes, at);
    }
    int offset = Listpack.stringOffset(bytes, at);
    int end = offset + Listpack.stringLength(bytes, at);
    int from = request.offset(i);
    return Arrays.equals(bytes, offset, end, request.array(), from, from + request.length(i));
  }

  private void append(Request request, int i) {
    reserve(Listpack.sizeBound(request.length(i)));
    used = Listpack.write(bytes, used, request.array(), request.offset(i), request.length(i));
  }

  private void reserve(long more) {
    if (bytes.length - used < more) {
      bytes =
          Arrays.copyOf(bytes, (int) Math.max(Math.min(bytes.length * 2L, 1 << 30), used + more));
    }
  }

  /** No entry comes any more: gives back what is left of the array, if that is worth a copy. */
  void seal() {
    if (bytes.length - used > bytes.length / 16) {
      bytes = Arrays.copyOf(bytes, used);
    }
  }

  /** Marks the entry at that place. */
  void delete(int entry) {
    bytes[entry] |= DELETED;
    live--;
    deleted++;
  }
}
