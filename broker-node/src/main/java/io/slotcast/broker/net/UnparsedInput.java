package io.slotcast.broker.net;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has read and not handled yet: the beginning of a request, or requests that wait
 * behind one whose reply comes later. It starts at the first byte of a request, and holds no memory
 * while it is empty. Owned by the connection's event loop.
 */
final class UnparsedInput {
  private static final int SMALLEST = 1024;
  private static final int LARGEST = Integer.MAX_VALUE - 64;

  private byte @Nullable [] array;
  private int length;

  boolean isEmpty() {
    return length == 0;
  }

  int length() {
    return length;
  }

  /** The size of its memory; other threads may ask, and may get a number that is a moment old. */
  int capacity() {
    byte[] held = array;
    return held == null ? 0 : held.length;
  }

  /** The bytes, from 0 to {@link #length()}; not to be asked for while it is empty. */
  byte[] array() {
    if (array == null) {
      throw new IllegalStateException("no input waits");
    }
    return array;
  }

  /** Whether so many more bytes would be more than an array, or {@code limit}, allows. */
  boolean isTooMuch(int more, long limit) {
    long wanted = (long) length + more;
    return wanted > limit || wanted > LARGEST;
  }

  void append(ByteBuf in) {
    int more = in.readableBytes();
    byte[] into = array == null ? new byte[Math.max(more, SMALLEST)] : array;
    if (into.length - length < more) {
      long doubled = Math.max(length + (long) more, into.length * 2L);
      into = Arrays.copyOf(into, (int) Math.min(doubled, LARGEST));
    }
    in.readBytes(into, length, more);
    length += more;
    array = into;
  }

  /** Keeps this part of an array, which may be its own, and nothing else. */
  void keep(byte[] source, int from, int to) {
    if (from == to) {
      clear();
    } else if (source == array) {
      System.arraycopy(source, from, source, 0, to - from);
      length = to - from;
    } else {
      array = Arrays.copyOfRange(source, from, to);
      length = to - from;
    }
  }

  void clear() {
    array = null;
    length = 0;
  }
}
