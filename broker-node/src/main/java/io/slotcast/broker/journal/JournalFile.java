package io.slotcast.broker.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The end of one increment of the journal. What is appended is there as a whole or not at all: of a
 * write that fails halfway the rest is cut off before the next. Owned by one thread.
 */
final class JournalFile implements AutoCloseable {
  /** Larger writes of an array would have the JDK keep a buffer of their size for the thread. */
  private static final int CHUNK = 1 << 17;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
  private long size;
  private boolean hasRest;

  /**
   * @param size where to append; what lies behind it does not count
   */
  JournalFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /** A file from its beginning, whatever was in it. */
  static JournalFile create(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new JournalFile(path, channel, 0);
  }

  /** A file that is there, from its end on. */
  static JournalFile append(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return new JournalFile(path, channel, channel.size());
  }

  Path path() {
    return path;
  }

  /** How many bytes were appended as a whole, those included that were there before. */
  long size() {
    return size;
  }

  void append(byte[] array, int offset, int length) throws IOException {
    if (hasRest) {
      channel.truncate(size);
      hasRest = false;
    }
    hasRest = true;
    long position = size;
    int at = offset;
    while (at < offset + length) {
      int count = Math.min(CHUNK, offset + length - at);
      buffer.clear().put(array, at, count).flip();
      while (buffer.hasRemaining()) {
        position += channel.write(buffer, position);
      }
      at += count;
    }
    size = position;
    hasRest = false;
  }

  /** Makes what was appended durable. */
  void sync() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
