package io.slotcast.broker.keyspace.rdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Writes an RDB file, slot by slot: its header, what Redis says of itself in auxiliary fields, the
 * one database, the slots' images, the end and the checksum. The header names the lowest version
 * that knows all of the file, so that a Redis of that version reads it.
 *
 * <p>Owned by one thread.
 */
public final class RdbFileWriter {
  private static final int CHECKSUM = 8;

  /** Larger writes of an array would have the JDK keep a buffer of their size for the thread. */
  private static final int CHUNK = 1 << 18;

  /**
   * What a file says of itself.
   *
   * @param redisVersion the version of Redis that this server is told to be
   * @param seconds when it was written, since 1970
   * @param usedMemory in bytes
   * @param isBase whether it is the base of a journal
   * @param keys how many keys it will have, about
   * @param expiring how many of them have an expiry, about
   */
  public record About(
      String redisVersion,
      long seconds,
      long usedMemory,
      boolean isBase,
      long keys,
      long expiring) {}

  private final FileChannel file;
  private final boolean hasChecksum;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
  private int version = RdbVersion.WRITTEN;
  private long checksum;
  private long size;

  /**
   * @param file empty, open to be read and written, and the caller's to close
   * @param hasChecksum {@code rdbchecksum}
   */
  public RdbFileWriter(FileChannel file, boolean hasChecksum, About about) throws IOException {
    this.file = file;
    this.hasChecksum = hasChecksum;
    RdbWriter out = new RdbWriter(false);
    byte[] header = header();
    out.raw(header, 0, header.length);
    auxiliary(out, "redis-ver", about.redisVersion());
    auxiliary(out, "redis-bits", "64");
    auxiliary(out, "ctime", Long.toString(about.seconds()));
    auxiliary(out, "used-mem", Long.toString(about.usedMemory()));
    auxiliary(out, "aof-base", about.isBase() ? "1" : "0");
    out.unsigned(RdbOpcode.SELECT_DB, 1);
    out.length(0);
    out.unsigned(RdbOpcode.RESIZE_DB, 1);
    out.length(about.keys());
    out.length(about.expiring());
    write(out.toArray());
  }

  private byte[] header() {
    return "REDIS%04d".formatted(version).getBytes(StandardCharsets.US_ASCII);
  }

  private static void auxiliary(RdbWriter out, String name, String content) {
    out.unsigned(RdbOpcode.AUX, 1);
    out.string(name.getBytes(StandardCharsets.US_ASCII));
    out.string(content.getBytes(StandardCharsets.US_ASCII));
  }

  /** Adds all keys of a slot, each slot once. */
  public void add(SlotImage image) throws IOException {
    version = Math.max(version, image.version());
    for (byte[] part : image.parts()) {
      write(part);
    }
  }

  /** How many bytes were written. */
  public long size() {
    return size;
  }

  /** Ends the file; it is not durable yet. */
  public void end() throws IOException {
    write(new byte[] {(byte) RdbOpcode.END});
    flush();
    if (version != RdbVersion.WRITTEN) {
      file.write(ByteBuffer.wrap(header()), 0);
      checksum = hasChecksum ? checksumOfFile() : 0;
    }
    RdbWriter out = new RdbWriter(false);
    out.unsigned(hasChecksum ? checksum : 0, CHECKSUM);
    write(out.toArray());
    flush();
  }

  /** Read again, since what the first bytes say has changed. */
  private long checksumOfFile() throws IOException {
    byte[] chunk = new byte[CHUNK];
    long sum = 0;
    long position = 0;
    while (position < size) {
      buffer.clear();
      int read = file.read(buffer, position);
      if (read < 0) {
        throw new IOException("the file has become shorter");
      }
      buffer.flip().get(chunk, 0, read);
      sum = Crc64.of(sum, chunk, 0, read);
      position += read;
    }
    buffer.clear();
    return sum;
  }

  private void write(byte[] bytes) throws IOException {
    if (hasChecksum) {
      checksum = Crc64.of(checksum, bytes, 0, bytes.length);
    }
    size += bytes.length;
    int at = 0;
    while (at < bytes.length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int count = Math.min(buffer.remaining(), bytes.length - at);
      buffer.put(bytes, at, count);
      at += count;
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }
}
