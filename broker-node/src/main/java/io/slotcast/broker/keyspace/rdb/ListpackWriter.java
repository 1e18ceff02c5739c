package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.Listpack;
import java.util.Arrays;

/** Makes a whole listpack out of strings, integers among them in their short form. */
final class ListpackWriter {
  private byte[] bytes = new byte[64];
  private int end = Listpack.HEADER;
  private long elements;

  void add(byte[] element) {
    add(element, 0, element.length);
  }

  void add(byte[] array, int offset, int length) {
    long needed = end + Listpack.sizeBound(length) + 1;
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), Integer.MAX_VALUE - 8));
    }
    end = Listpack.write(bytes, end, array, offset, length);
    elements++;
  }

  boolean isEmpty() {
    return elements == 0;
  }

  /** Writes the listpack as a string, and begins another one. */
  void writeTo(RdbWriter out) {
    bytes[end] = (byte) Listpack.END;
    Listpack.writeHeader(bytes, 0, end + 1, elements);
    out.string(bytes, 0, end + 1);
    end = Listpack.HEADER;
    elements = 0;
  }
}
