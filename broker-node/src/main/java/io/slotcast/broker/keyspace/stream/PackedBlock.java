package io.slotcast.broker.keyspace.stream;

import io.slotcast.broker.bytes.Listpack;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A block as Redis' listpack, which is how DUMP and RDB files hold it: how many entries are there
 * and how many are deleted, then the block's own bytes. Reading one checks all that other code
 * takes for granted of a block.
 */
final class PackedBlock {
  private final byte[] bytes;
  private final int end;
  private int at = Listpack.HEADER;
  private boolean valid;

  private PackedBlock(byte[] listpack) {
    this.bytes = listpack;
    this.end = listpack.length - 1;
    this.valid = Listpack.isWhole(listpack);
  }

  static byte[] pack(StreamBlock block) {
    byte[] packed = new byte[Math.toIntExact(block.listpackBytes())];
    int elements = 2;
    for (int at = 0; at < block.end(); at = Listpack.skip(block.bytes(), at)) {
      elements++;
    }
    Listpack.writeHeader(packed, 0, packed.length, elements);
    int at = Listpack.write(packed, Listpack.HEADER, block.live());
    at = Listpack.write(packed, at, block.deleted());
    System.arraycopy(block.bytes(), 0, packed, at, block.end());
    packed[packed.length - 1] = (byte) Listpack.END;
    return packed;
  }

  /** The block in a listpack that somebody else wrote; null if there is none in it. */
  static @Nullable StreamBlock unpack(StreamId first, byte[] listpack) {
    return new PackedBlock(listpack).read(first);
  }

  private @Nullable StreamBlock read(StreamId first) {
    long live = integer();
    long deleted = integer();
    int from = at;
    long masterFields = integer();
    skip(masterFields);
    expect(0);
    int entriesAt = at;
    long seenLive = 0;
    long seenDeleted = 0;
    StreamId last = first;
    while (valid && at < end) {
      boolean isFirst = seenLive + seenDeleted == 0;
      int flags = flags();
      StreamId id = entry(first, (flags & StreamBlock.SAME_FIELDS) != 0, masterFields);
      boolean isDeleted = (flags & StreamBlock.DELETED) != 0;
      valid &= isFirst ? !id.isBefore(first) : id.isAfter(last);
      last = id;
      seenLive += isDeleted ? 0 : 1;
      seenDeleted += isDeleted ? 1 : 0;
    }
    if (!valid || live != seenLive || deleted != seenDeleted || live == 0) {
      return null;
    }
    return new StreamBlock(
        first,
        last,
        (int) live,
        (int) deleted,
        Arrays.copyOfRange(bytes, from, end),
        entriesAt - from);
  }

  /** Reads what stands behind an entry's flags; returns its id. */
  private StreamId entry(StreamId first, boolean sameFields, long masterFields) {
    long ms = first.ms() + integer();
    long seq = first.seq() + integer();
    if (sameFields) {
      skip(masterFields);
      expect(masterFields + 3);
    } else {
      long fields = integer();
      valid &= fields >= 0 && fields < bytes.length;
      skip(2 * fields);
      expect(2 * fields + 4);
    }
    return new StreamId(ms, seq);
  }

  /** Flags are read and set as the one byte that they take. */
  private int flags() {
    valid = valid && at < end && bytes[at] >= 0;
    return (int) integer();
  }

  private void expect(long wanted) {
    valid &= integer() == wanted;
  }

  private long integer() {
    valid = valid && at < end && !Listpack.isString(bytes, at);
    if (!valid) {
      return 0;
    }
    long value = Listpack.integer(bytes, at);
    at = Listpack.skip(bytes, at);
    return value;
  }

  private void skip(long elements) {
    valid &= elements >= 0;
    for (long i = 0; i < elements && valid; i++) {
      valid = at < end;
      if (valid) {
        at = Listpack.skip(bytes, at);
      }
    }
  }
}
