package io.slotcast.broker.keyspace.set;

import io.slotcast.broker.bytes.Footprint;
import java.util.Arrays;

/**
 * Integers in ascending order in one array of bytes, each as wide as the widest needs: 2, 4 or 8
 * bytes. Guarded by its slot's lock. Source: Redis' {@code intset.c}.
 */
final class IntSet {
  private static final int SMALLEST = 8;
  private static final int HEADER = 2 * Integer.BYTES;

  private byte[] bytes = new byte[SMALLEST];
  private int width = Short.BYTES;
  private int size;

  int size() {
    return size;
  }

  long footprint() {
    return Footprint.object(Footprint.REFERENCE + 2 * Integer.BYTES)
        + Footprint.array(bytes.length);
  }

  /** How wide an integer is and how many there are, in four bytes each, and the integers. */
  byte[] toPacked() {
    byte[] packed = new byte[HEADER + size * width];
    for (int i = 0; i < Integer.BYTES; i++) {
      packed[i] = (byte) (width >> (8 * i));
      packed[Integer.BYTES + i] = (byte) (size >> (8 * i));
    }
    System.arraycopy(bytes, 0, packed, HEADER, size * width);
    return packed;
  }

  long get(int i) {
    int end = (i + 1) * width;
    long value = bytes[end - 1];
    for (int at = end - 2; at >= i * width; at--) {
      value = value << 8 | (bytes[at] & 0xFF);
    }
    return value;
  }

  boolean contains(long value) {
    return find(value) >= 0;
  }

  /** Adds an integer; returns whether it was not there. */
  boolean add(long value) {
    int found = find(value);
    if (found >= 0) {
      return false;
    }
    widen(widthOf(value));
    int at = -found - 1;
    if ((size + 1) * width > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length + Math.max(SMALLEST, bytes.length / 2));
    }
    System.arraycopy(bytes, at * width, bytes, (at + 1) * width, (size - at) * width);
    size++;
    set(at, value);
    return true;
  }

  /** Removes an integer; returns whether it was there. */
  boolean remove(long value) {
    int at = find(value);
    if (at < 0) {
      return false;
    }
    size--;
    System.arraycopy(bytes, (at + 1) * width, bytes, at * width, (size - at) * width);
    if (size * width * 2 < bytes.length && bytes.length > SMALLEST) {
      bytes = Arrays.copyOf(bytes, Math.max(SMALLEST, size * width));
    }
    return true;
  }

  /** The place of an integer, or -1 minus the place where it belongs. */
  private int find(long value) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = get(middle);
      if (there == value) {
        return middle;
      } else if (there < value) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  private void set(int i, long value) {
    for (int at = i * width; at < (i + 1) * width; at++) {
      bytes[at] = (byte) value;
      value >>= 8;
    }
  }

  private void widen(int wanted) {
    if (wanted <= width) {
      return;
    }
    long[] values = new long[size];
    for (int i = 0; i < size; i++) {
      values[i] = get(i);
    }
    width = wanted;
    bytes = new byte[Math.max(SMALLEST, (size + 1) * wanted)];
    for (int i = 0; i < size; i++) {
      set(i, values[i]);
    }
  }

  private static int widthOf(long value) {
    if (value == (short) value) {
      return Short.BYTES;
    }
    return value == (int) value ? Integer.BYTES : Long.BYTES;
  }
}
