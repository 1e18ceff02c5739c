package io.slotcast.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.slotcast.broker.resp.ByteSink;

/**
 * What a socket has to send: small writes gather in one chunk, which goes to Netty when it is full
 * or when the loop flushes. A slice larger than a chunk goes to Netty at once, and a large payload
 * that many connections receive is shared between them. A socket with nothing to send holds no
 * memory.
 *
 * <p>Owned by the socket's event loop.
 */
public final class SocketOutput extends ByteSink {
  /** The longest slice that is gathered with others. */
  public static final int CHUNK = 16 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final IoLoop loop;
  private final ChannelHandlerContext context;
  private boolean handedOver;

  public SocketOutput(IoLoop loop, ChannelHandlerContext context) {
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
    passedOn += length;
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
  public void writeShared(ByteBuf payload) {
    handOver();
    loop.counters().bytesOut += payload.readableBytes();
    context.write(payload.retainedDuplicate());
    handedOver = true;
  }

  private void handOver() {
    if (position > 0) {
      loop.counters().bytesOut += position;
      ByteBuf buffer = context.alloc().directBuffer(position).writeBytes(array, 0, position);
      passedOn += position;
      position = 0;
      handedOver = true;
      context.write(buffer, context.voidPromise());
    }
  }

  /** Whether a flush would send something. */
  public boolean isPending() {
    return position > 0 || handedOver;
  }

  /** How many bytes wait to be sent, those that Netty holds included. */
  public long pendingBytes() {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return position + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
  }

  /** Bytes that this sink still holds; those handed to Netty are counted there. */
  public int heldBytes() {
    return position;
  }

  /** How many buffers Netty holds that the socket has not taken. */
  int queuedWrites() {
    ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.size();
  }

  /** The size of the chunk that bytes gather in; 0 while none do. */
  int capacity() {
    return array.length;
  }

  /** Sends all of it. */
  public void flush() {
    handOver();
    release();
    if (handedOver) {
      handedOver = false;
      loop.counters().socketWrites++;
      context.flush();
    }
  }

  /** Gives the chunk back; what it holds is dropped. */
  public void release() {
    position = 0;
    if (array != NOTHING) {
      loop.returnChunk(array);
      array = NOTHING;
    }
  }
}
