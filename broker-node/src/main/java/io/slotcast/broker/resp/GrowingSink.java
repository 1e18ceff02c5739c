package io.slotcast.broker.resp;

import java.util.Arrays;

/** A sink that keeps everything: for replies that are looked at or sent later, and for frames. */
public final class GrowingSink extends ByteSink {
  public GrowingSink(int capacity) {
    super(new byte[capacity]);
  }

  @Override
  protected void makeRoom(int length) {
    array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(position, length)));
  }

  /** The array that holds the bytes, from 0 to {@link #length()}; valid until the next write. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return position;
  }

  /** Writes the lowest eight bits. */
  public void writeByte(int value) {
    write(value);
  }

  public void clear() {
    position = 0;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(array, position);
  }
}
