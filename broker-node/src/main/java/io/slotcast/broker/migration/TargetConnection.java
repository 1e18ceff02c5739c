package io.slotcast.broker.migration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.slotcast.broker.resp.GrowingSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to another server, over which keys are transferred, one {@link KeyTransfer} at a
 * time. Owned by its event loop.
 */
final class TargetConnection extends ChannelInboundHandlerAdapter {
  static final String CONNECTING = "IOERR error or timeout connecting to the client";
  static final String WRITING = "IOERR error or timeout writing to target instance";
  static final String READING = "IOERR error or timeout reading to target instance";

  /** As Redis: a longer line is no reply to RESTORE. */
  private static final int MAX_LINE = 1024;

  private static final long UNKNOWN = -1;

  private final TargetConnections owner;
  private final GrowingSink line = new GrowingSink(64);
  private @Nullable ChannelHandlerContext context;
  private @Nullable KeyTransfer current;
  private @Nullable ScheduledFuture<?> timeout;
  private boolean reused;
  private long freedNanos;
  private long database = UNKNOWN;
  private boolean open = true;

  TargetConnection(TargetConnections owner) {
    this.owner = owner;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether it has had nothing to do for so long. */
  boolean isIdleFor(long nanos) {
    return current == null && System.nanoTime() - freedNanos >= nanos;
  }

  /** Sends the requests of a transfer, which hears of its end. */
  void run(KeyTransfer transfer) {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    current = transfer;
    List<byte[]> requests = transfer.requests(database);
    for (byte[] request : requests) {
      ctx.write(Unpooled.wrappedBuffer(request))
          .addListener(
              written -> {
                if (!written.isSuccess()) {
                  fail(WRITING, true);
                }
              });
    }
    ctx.flush();
    startTimer(ctx, transfer);
  }

  private void startTimer(ChannelHandlerContext ctx, KeyTransfer transfer) {
    timeout =
        ctx.executor()
            .schedule(
                () -> fail(ctx.channel().isWritable() ? READING : WRITING, false),
                transfer.target().timeoutMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void stopTimer() {
    if (timeout != null) {
      timeout.cancel(false);
      timeout = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable() && open) {
        onByte(ctx, in.readByte());
      }
    } finally {
      in.release();
    }
  }

  private void onByte(ChannelHandlerContext ctx, byte b) {
    if (b != '\n') {
      line.writeByte(b);
      if (line.length() > MAX_LINE) {
        fail(READING, false);
      }
      return;
    }
    String text =
        new String(line.array(), 0, line.length(), StandardCharsets.UTF_8).stripTrailing();
    line.clear();
    KeyTransfer transfer = current;
    if (transfer == null) {
      // Nobody asked.
      close();
      return;
    }
    stopTimer();
    if (transfer.onReply(text)) {
      database = transfer.wasRefused() ? UNKNOWN : transfer.target().database();
      current = null;
      reused = true;
      freedNanos = System.nanoTime();
      owner.free(this, transfer.target());
    } else {
      startTimer(ctx, transfer);
    }
  }

  /** A connection that was kept may have been closed at its other end long ago: try another. */
  private void fail(String error, boolean mayRetry) {
    stopTimer();
    KeyTransfer transfer = current;
    current = null;
    close();
    if (transfer == null) {
      return;
    }
    if (mayRetry && reused && transfer.isUnanswered()) {
      owner.runOnNew(transfer);
    } else {
      transfer.fail(error);
    }
  }

  void close() {
    open = false;
    if (context != null) {
      context.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(READING, true);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(READING, true);
  }
}
