package io.slotcast.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.slotcast.broker.resp.ByteSink;

/**
 * What a connection has to send: small writes gather in one chunk, which goes to Netty when it is
 * full or when the loop flushes. A slice larger than a chunk goes to Netty at once, and a large
 * payload that many connections receive is shared between them. A connection with nothing to send
 * holds no memory.
 *
 * <p>Owned by the connection's event loop.
 */
final class ConnectionOutput extends ByteSink {
  static final int CHUNK = 16 * 1024;
  private static final byte[] NOTHING = new byte[0];

  private final IoLoop loop;
  private final ChannelHandlerContext context;
  private boolean handedOver;

  ConnectionOutput(IoLoop loop, ChannelHandlerContext context) {
    super(NOTHING);
    this.loop = loop;
    this.context = context;
  }

  @Override
  protected void makeRoom(int length) {
    if (length > CHUNK) {
      throw new IllegalArgumentException("not a small write: " + length);
    }
    if (array == NOTHING) {
      array = loop.takeChunk();
    } else {
      handOver();
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    if (length <= CHUNK) {
      super.write(source, offset, length);
      return;
    }
    handOver();
    context.write(context.alloc().directBuffer(length).writeBytes(source, offset, length));
    handedOver = true;
    loop.counters().bytesOut += length;
  }

  /** Writes a message that is given in RESP2's form; RESP3's differs in its first byte. */
  void writeMessage(byte[] message, int length, boolean resp3) {
    if (length > CHUNK) {
      // The head of a shared payload, or a whole one below the bound for sharing: both are small.
      throw new IllegalArgumentException("a message of " + length + " bytes is to be shared");
    }
    if (array.length - position < length) {
      makeRoom(length);
    }
    System.arraycopy(message, 0, array, position, length);
    if (resp3) {
      array[position] = '>';
    }
    position += length;
  }

  /** Sends {@code payload} without a copy; the caller keeps its own reference. */
  void writeShared(ByteBuf payload) {
    handOver();
    loop.counters().bytesOut += payload.readableBytes();
    context.write(payload.retainedDuplicate());
    handedOver = true;
  }

  private void handOver() {
    if (position > 0) {
      loop.counters().bytesOut += position;
      ByteBuf buffer = context.alloc().directBuffer(position).writeBytes(array, 0, position);
      position = 0;
      handedOver = true;
      context.write(buffer, context.voidPromise());
    }
  }

  /** Whether a flush would send something. */
  boolean isPending() {
    return position > 0 || handedOver;
  }

  /** Bytes that this sink still holds; those handed to Netty are counted there. */
  int heldBytes() {
    return position;
  }

  void flush() {
    handOver();
    release();
    if (handedOver) {
      handedOver = false;
      loop.counters().socketWrites++;
      context.flush();
    }
  }

  /** Gives the chunk back; what it holds is dropped. */
  void release() {
    position = 0;
    if (array != NOTHING) {
      loop.returnChunk(array);
      array = NOTHING;
    }
  }
}
