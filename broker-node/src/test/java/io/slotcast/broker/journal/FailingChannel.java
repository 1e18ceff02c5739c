package io.slotcast.broker.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file on a disk that fails when it is told to. For appending only. */
final class FailingChannel extends FileChannel {
  private final FileChannel file;

  // Set by the test, read by the thread that writes.
  private volatile boolean failsToWrite;
  private volatile boolean failsToSync;

  FailingChannel(FileChannel file) {
    this.file = file;
  }

  /** From now on a write stores half of the bytes, and then fails. */
  void failToWrite(boolean wanted) {
    failsToWrite = wanted;
  }

  void failToSync(boolean wanted) {
    failsToSync = wanted;
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    if (failsToWrite) {
      file.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
      throw new IOException("Input/output error");
    }
    return file.write(bytes, position);
  }

  @Override
  public void force(boolean metaData) throws IOException {
    if (failsToSync) {
      throw new IOException("Input/output error");
    }
    file.force(metaData);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    file.truncate(size);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  // ---- What nobody does who appends ----

  @Override
  public int read(ByteBuffer bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long read(ByteBuffer[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer bytes, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] bytes, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel position(long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
