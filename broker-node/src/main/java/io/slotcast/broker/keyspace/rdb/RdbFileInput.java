package io.slotcast.broker.keyspace.rdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a file's bytes as they are asked for, and reckons the checksum of those that were. */
final class RdbFileInput extends RdbReader {
  private static final int CHUNK = 1 << 18;

  private final InputStream source;

  /** Of the source. */
  private long unread;

  /** Where in the file the array begins. */
  private long begin;

  /** Of all bytes before {@link #checked}, an index in the array. */
  private long checksum;

  private int checked;

  RdbFileInput(InputStream source, long length) {
    super(new byte[CHUNK], 0, 0);
    this.source = source;
    this.unread = length;
  }

  /** Where in the file the next byte is. */
  long position() {
    return begin + at;
  }

  /** The checksum of all bytes that were taken. */
  long checksum() {
    checksum = Crc64.of(checksum, array, checked, at - checked);
    checked = at;
    return checksum;
  }

  @Override
  long available() {
    return super.available() + unread;
  }

  @Override
  void more(long count) {
    int left = end - at;
    if (count > left + unread || count > Integer.MAX_VALUE - 64) {
      super.more(count);
    }
    checksum();
    byte[] room = count > array.length ? new byte[(int) count] : array;
    System.arraycopy(array, at, room, 0, left);
    begin += at;
    array = room;
    at = 0;
    checked = 0;
    end = left;
    try {
      int wanted = (int) Math.min(array.length - (long) left, unread);
      int read = source.readNBytes(array, left, wanted);
      end += read;
      unread -= read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (count > end) {
      super.more(count);
    }
  }
}
