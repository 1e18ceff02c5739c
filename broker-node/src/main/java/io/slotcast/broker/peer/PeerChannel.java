package io.slotcast.broker.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.Outlet;
import io.slotcast.broker.net.SocketOutput;
import org.jspecify.annotations.Nullable;

/**
 * One authenticated connection to a peer. Frames gather and go out with the loop's deliveries,
 * under the same flush gap. Owned by its event loop.
 */
final class PeerChannel extends FrameHandler implements Outlet {
  private final PeerLink link;
  private @Nullable SocketOutput output;
  private @Nullable ChannelHandlerContext context;
  private boolean queued;
  private boolean closed;

  /** Written by the loop, at most once a millisecond; read by any thread. */
  private volatile long lastReceivedMillis;

  private long pingSentNanos;

  PeerChannel(IoLoop loop, PeerLink link) {
    super(loop, FrameReader.MAX_LENGTH);
    this.link = link;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    output = new SocketOutput(loop(), added);
    lastReceivedMillis = loop().millis();
  }

  /** Sends a frame, or drops and counts it if too much waits already. For the loop's thread. */
  void send(FrameKind kind, byte[] frame, int length) {
    SocketOutput out = output;
    if (closed || out == null || link.isOverLimit(out.pendingBytes() + length)) {
      link.counters().dropped().count(length);
      return;
    }
    out.write(frame, 0, length);
    link.counters().sent(kind).count(length);
    queue();
  }

  /** As {@link #send}, but several peers share the bytes; the caller keeps its reference. */
  void sendShared(FrameKind kind, ByteBuf frame) {
    SocketOutput out = output;
    int length = frame.readableBytes();
    if (closed || out == null || link.isOverLimit(out.pendingBytes() + length)) {
      link.counters().dropped().count(length);
      return;
    }
    out.writeShared(frame);
    link.counters().sent(kind).count(length);
    queue();
  }

  private void queue() {
    if (!queued) {
      queued = true;
      loop().queueFrames(this);
    }
    loop().countFrames(1);
  }

  @Override
  public boolean flushDeliveries() {
    queued = false;
    SocketOutput out = output;
    if (closed || out == null || !out.isPending()) {
      return false;
    }
    out.flush();
    return true;
  }

  @Override
  void onFrame(ChannelHandlerContext ctx, FrameReader frame, int size) throws FrameException {
    long now = loop().millis();
    if (lastReceivedMillis != now) {
      lastReceivedMillis = now;
    }
    link.counters().received(frame.kind()).count(size);
    switch (frame.kind()) {
      case PUBLISH -> link.receivers().classic(frame, loop());
      case SHARD_PUBLISH -> link.receivers().shard(frame, loop());
      case SHARD_FORWARD -> link.receivers().forwarded(frame, loop());
      case PING -> sendNow(FrameKind.PONG);
      case PONG -> link.roundTrip(System.nanoTime() - pingSentNanos);
      case INTEREST_MODE, INTEREST_ADD, INTEREST_REMOVE, INTEREST_COMPLETE, INTEREST_ACK ->
          link.receivers().interest(link, frame);
      case MIGRATION -> link.receivers().migration(link, frame);
      case CHALLENGE, PROOF, READY ->
          throw new FrameException(frame.kind() + " after the handshake");
    }
  }

  private void sendNow(FrameKind kind) {
    FrameWriter writer = new FrameWriter(loop().frame());
    writer.bytes(kind, new byte[0]);
    send(kind, writer.array(), writer.length());
  }

  /** Called about once a second: asks for a sign of life, or gives the peer up. */
  void tick(long silenceMillis) {
    if (closed) {
      return;
    }
    if (loop().millis() - lastReceivedMillis > silenceMillis) {
      close();
    } else {
      pingSentNanos = System.nanoTime();
      sendNow(FrameKind.PING);
    }
  }

  /** Wall-clock milliseconds; from outside the loop a moment old. */
  long lastReceivedMillis() {
    return lastReceivedMillis;
  }

  /** Whether something has arrived since then, in wall-clock milliseconds. From any thread. */
  boolean heardSince(long millis) {
    return lastReceivedMillis >= millis;
  }

  void close() {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.close();
    }
  }

  long pendingBytes() {
    SocketOutput out = output;
    return closed || out == null ? 0 : out.pendingBytes();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed = true;
    SocketOutput out = output;
    if (out != null) {
      out.release();
    }
    link.disconnected(this);
  }
}
