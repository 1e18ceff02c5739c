package io.slotcast.broker.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.slotcast.broker.net.IoLoop;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a socket's bytes into frames. What is no frame, or comes where it has no place, closes the
 * socket. Owned by the socket's event loop.
 */
abstract class FrameHandler extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(FrameHandler.class);

  private final IoLoop loop;
  private final FrameReader reader;
  private byte @Nullable [] pending;
  private int pendingLength;

  FrameHandler(IoLoop loop, int maxFrame) {
    this.loop = loop;
    this.reader = new FrameReader(maxFrame);
  }

  public final IoLoop loop() {
    return loop;
  }

  /** One frame has arrived; its view is valid until this returns. */
  abstract void onFrame(ChannelHandlerContext context, FrameReader frame, int size)
      throws FrameException;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      loop.startTurn();
      int length = in.readableBytes();
      loop.counters().bytesIn += length;
      byte[] held = pending;
      if (held == null) {
        byte[] scratch = loop.scratch(length);
        in.readBytes(scratch, 0, length);
        parse(context, scratch, length);
      } else {
        if (held.length - pendingLength < length) {
          held = Arrays.copyOf(held, Math.max(held.length * 2, pendingLength + length));
          pending = held;
        }
        in.readBytes(held, pendingLength, length);
        parse(context, held, pendingLength + length);
      }
    } catch (FrameException malformed) {
      log.warn("Closing the link with {}: {}", context.channel(), malformed.getMessage());
      context.close();
    } finally {
      in.release();
    }
  }

  private void parse(ChannelHandlerContext context, byte[] array, int length)
      throws FrameException {
    int at = 0;
    int next;
    while (!context.isRemoved() && (next = reader.read(array, at, length)) >= 0) {
      onFrame(context, reader, next - at);
      at = next;
    }
    if (context.isRemoved()) {
      passOn(context, array, at, length);
    } else if (at == length) {
      pending = null;
      pendingLength = 0;
    } else {
      byte[] held = array == pending ? array : new byte[Math.max(length - at, 1024)];
      System.arraycopy(array, at, held, 0, length - at);
      pending = held;
      pendingLength = length - at;
    }
  }

  /** This handler was replaced while it read: the rest is its successor's. */
  private static void passOn(ChannelHandlerContext context, byte[] array, int from, int to) {
    if (to > from) {
      ByteBuf rest = context.alloc().buffer(to - from).writeBytes(array, from, to - from);
      context.pipeline().fireChannelRead(rest);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("Link with {} failed: {}", context.channel(), cause.getMessage());
    } else {
      log.error("Link with {} failed", context.channel(), cause);
    }
    context.close();
  }
}
