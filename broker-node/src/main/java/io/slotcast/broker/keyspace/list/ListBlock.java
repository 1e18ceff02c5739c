package io.slotcast.broker.keyspace.list;

import io.slotcast.broker.bytes.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * Some neighbouring elements of a list, packed into one array with room on either side. An element
 * is its length, its bytes, and its length once more, readable from behind: each length seven bits
 * a byte, so up to 127 bytes it takes two bytes more than the element.
 */
final class ListBlock {
  /** How many bytes a block of several elements has at most: a move of them all stays short. */
  static final int MAX_BYTES = 8 * 1024;

  /** How much memory a block takes beside its array. */
  static final long FOOTPRINT = Footprint.object(3 * Footprint.REFERENCE + 3 * Integer.BYTES);

  private static final int SMALLEST = 16;
  private static final int MORE = 0x80;

  @Nullable ListBlock previous;
  @Nullable ListBlock next;
  private byte[] bytes;

  /** Elements stand in {@code bytes[start, end)}. */
  private int start;

  private int end;
  private int count;

  ListBlock(int capacity) {
    bytes = new byte[Math.max(capacity, SMALLEST)];
  }

  // ---- Elements ----

  /** How many bytes an element of that length takes. */
  static int sizeOf(int length) {
    return length + 2 * lengthSize(length);
  }

  private static int lengthSize(int length) {
    int size = 1;
    for (int rest = length >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  int count() {
    return count;
  }

  int usedBytes() {
    return end - start;
  }

  int capacity() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** The length of the element that begins at {@code at}. */
  int lengthAt(int at) {
    int length = 0;
    int shift = 0;
    int b;
    do {
      b = bytes[at++];
      length |= (b & 0x7f) << shift;
      shift += 7;
    } while ((b & MORE) != 0);
    return length;
  }

  /** Where the bytes of an element of that length stand, if it begins at {@code at}. */
  static int contentAt(int at, int length) {
    return at + lengthSize(length);
  }

  /** Where the element before the one at {@code at} begins. */
  int before(int at) {
    int length = 0;
    int shift = 0;
    int from = at;
    int b;
    do {
      b = bytes[--from];
      length |= (b & 0x7f) << shift;
      shift += 7;
    } while ((b & MORE) != 0);
    return at - sizeOf(length);
  }

  private void write(int at, byte[] source, int offset, int length) {
    int size = lengthSize(length);
    int rest = length;
    for (int i = 0; i < size; i++) {
      byte b = (byte) ((rest & 0x7f) | (i + 1 < size ? MORE : 0));
      bytes[at + i] = b;
      bytes[at + 2 * size + length - 1 - i] = b;
      rest >>>= 7;
    }
    System.arraycopy(source, offset, bytes, at + size, length);
  }

  // ---- Changes ----

  /** Whether an element of that length may be added; the first one always may. */
  boolean takes(int length) {
    return count == 0 || usedBytes() + (long) sizeOf(length) <= MAX_BYTES;
  }

  void addFirst(byte[] source, int offset, int length) {
    int size = sizeOf(length);
    if (start < size) {
      makeRoom(size, true);
    }
    start -= size;
    write(start, source, offset, length);
    count++;
  }

  void addLast(byte[] source, int offset, int length) {
    int size = sizeOf(length);
    if (bytes.length - end < size) {
      makeRoom(size, false);
    }
    write(end, source, offset, length);
    end += size;
    count++;
  }

  /** Adds an element before the one that begins at {@code at}; returns where it begins. */
  int insert(int at, byte[] source, int offset, int length) {
    int size = sizeOf(length);
    int before = at - start;
    if (bytes.length - end < size) {
      makeRoom(size, false);
    }
    int begin = start + before;
    System.arraycopy(bytes, begin, bytes, begin + size, end - begin);
    write(begin, source, offset, length);
    end += size;
    count++;
    return begin;
  }

  /** Takes the element at {@code at} away; what was behind it begins there now. */
  void remove(int at) {
    int size = sizeOf(lengthAt(at));
    count--;
    if (at == start) {
      start += size;
    } else {
      System.arraycopy(bytes, at + size, bytes, at, end - at - size);
      end -= size;
    }
    if (count == 0) {
      start = 0;
      end = 0;
    }
  }

  /** Puts other bytes of the same length in the place of an element's. */
  void overwrite(int at, byte[] source, int offset, int length) {
    System.arraycopy(source, offset, bytes, contentAt(at, length), length);
  }

  /** Moves the elements from {@code at} on, {@code moved} of them, to a block of their own. */
  ListBlock splitAt(int at, int moved) {
    ListBlock rest = new ListBlock(end - at);
    System.arraycopy(bytes, at, rest.bytes, 0, end - at);
    rest.end = end - at;
    rest.count = moved;
    count -= moved;
    end = at;
    return rest;
  }

  /** Makes room for {@code size} bytes before the elements or behind them. */
  private void makeRoom(int size, boolean before) {
    int used = usedBytes();
    int needed = used + size;
    byte[] target = bytes;
    // Room on the other side is worth a move only if there is more of it than there is to move.
    if (bytes.length < needed || bytes.length - needed < used) {
      int doubled = Math.max(Math.min(2 * needed, MAX_BYTES), needed);
      target = new byte[count == 0 ? needed : Math.max(doubled, bytes.length)];
    }
    int from = before ? target.length - used : 0;
    System.arraycopy(bytes, start, target, from, used);
    bytes = target;
    start = from;
    end = from + used;
  }
}
