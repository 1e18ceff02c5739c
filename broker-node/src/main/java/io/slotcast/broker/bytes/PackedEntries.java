package io.slotcast.broker.bytes;

import java.util.Arrays;

/**
 * Byte strings one after the other in one array, each behind its length: what a small collection is
 * stored in. An entry is named by its offset; {@link #end()} is the offset behind the last one.
 * Offsets behind a change are no longer valid.
 *
 * <p>Not safe for concurrent use: its owner states the lock.
 */
public final class PackedEntries {
  /** A length is written in groups of seven bits, the lowest first. */
  private static final int GROUP = 7;

  private byte[] bytes = new byte[32];
  private int end;

  public int end() {
    return end;
  }

  /** The array in which the entries are; not to be changed. */
  public byte[] array() {
    return bytes;
  }

  public long footprint() {
    return Footprint.object(Footprint.REFERENCE + Integer.BYTES) + Footprint.array(bytes.length);
  }

  /** Where the entry's bytes begin. */
  public int start(int entry) {
    int at = entry;
    while (bytes[at] < 0) {
      at++;
    }
    return at + 1;
  }

  public int length(int entry) {
    int length = 0;
    int shift = 0;
    for (int at = entry; ; at++) {
      length |= (bytes[at] & 0x7F) << shift;
      shift += GROUP;
      if (bytes[at] >= 0) {
        return length;
      }
    }
  }

  /** The offset of the entry behind this one. */
  public int next(int entry) {
    return start(entry) + length(entry);
  }

  /** A copy of an entry's bytes. */
  public byte[] get(int entry) {
    int start = start(entry);
    return Arrays.copyOfRange(bytes, start, start + length(entry));
  }

  public boolean equals(int entry, byte[] array, int offset, int length) {
    int start = start(entry);
    return length(entry) == length
        && Arrays.equals(bytes, start, start + length, array, offset, offset + length);
  }

  /** Puts an entry before the one at {@code at}; returns the offset behind the new one. */
  public int insert(int at, byte[] array, int offset, int length) {
    int header = headerLength(length);
    int more = header + length;
    if (end + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end + more, end + end / 2));
    }
    System.arraycopy(bytes, at, bytes, at + more, end - at);
    end += more;
    int rest = length;
    for (int i = 0; i < header; i++) {
      bytes[at + i] = (byte) (i < header - 1 ? (rest & 0x7F) | 0x80 : rest);
      rest >>>= GROUP;
    }
    System.arraycopy(array, offset, bytes, at + header, length);
    return at + more;
  }

  /** Removes the entries from one offset up to another. */
  public void remove(int from, int to) {
    System.arraycopy(bytes, to, bytes, from, end - to);
    end -= to - from;
    if (end * 2 < bytes.length && bytes.length > 64) {
      bytes = Arrays.copyOf(bytes, end);
    }
  }

  private static int headerLength(int length) {
    int header = 1;
    for (int rest = length >>> GROUP; rest != 0; rest >>>= GROUP) {
      header++;
    }
    return header;
  }
}
