package io.slotcast.broker.resp;

/**
 * Where reply bytes go: an array with a position, and what to do when it is full. Writers put bytes
 * straight into the array, so the common path has no call per byte.
 *
 * <p>Owned by the thread that runs the command or delivers the message.
 */
public abstract class ByteSink {
  /** The bytes written so far are those before {@link #position}. */
  protected byte[] array;

  protected int position;

  /** How many bytes were written and are no longer in the array. */
  protected long passedOn;

  protected ByteSink(byte[] array) {
    this.array = array;
  }

  /** Makes room for {@code length} more bytes behind the position, which may change both fields. */
  protected abstract void makeRoom(int length);

  /** Writes a slice, however long. */
  public void write(byte[] source, int offset, int length) {
    if (array.length - position < length) {
      makeRoom(length);
    }
    System.arraycopy(source, offset, array, position, length);
    position += length;
  }

  /** How many bytes were written so far, to tell how long a reply is. */
  public final long written() {
    return passedOn + position;
  }

  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  final void write(int b) {
    if (array.length == position) {
      makeRoom(1);
    }
    array[position++] = (byte) b;
  }
}
