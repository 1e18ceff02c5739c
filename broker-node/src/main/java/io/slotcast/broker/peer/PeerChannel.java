package io.slotcast.broker.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.Outlet;
import io.slotcast.broker.net.SocketOutput;
import io.slotcast.router.NodeId;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One authenticated connection to a peer. Frames gather and go out with the loop's deliveries,
 * under the same flush gap. Owned by its event loop.
 */
final class PeerChannel extends FrameHandler implements Outlet, ReplicationLink {
  private final PeerLink link;
  private @Nullable SocketOutput output;
  private @Nullable ChannelHandlerContext context;

  /** What is run before the next flush. */
  private final ArrayList<Runnable> fillers = new ArrayList<>();

  private final byte[] head = new byte[FrameWriter.HEADER];
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
    for (int i = 0; i < fillers.size(); i++) {
      fillers.get(i).run();
    }
    fillers.clear();
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
      case REPLICATION ->
          link.receivers()
              .replication()
              .received(this, frame.array(), frame.bodyOffset(), frame.bodyLength());
      case INTEREST_MODE, INTEREST_ADD, INTEREST_REMOVE, INTEREST_COMPLETE, INTEREST_ACK ->
          link.receivers().interest(link, frame);
      case MIGRATION -> link.receivers().migration(link, frame);
      case CHALLENGE, PROOF, READY ->
          throw new FrameException(frame.kind() + " after the handshake");
    }
  }

  // ---- Replication ----

  @Override
  public NodeId peer() {
    return link.peer();
  }

  @Override
  public void sendReplication(byte[] first, int firstLength, byte[] array, int offset, int length) {
    SocketOutput out = output;
    if (closed || out == null) {
      return;
    }
    int counted = 1 + firstLength + length;
    head[0] = (byte) (counted >>> 24);
    head[1] = (byte) (counted >>> 16);
    head[2] = (byte) (counted >>> 8);
    head[3] = (byte) counted;
    head[4] = (byte) FrameKind.REPLICATION.code();
    out.write(head, 0, head.length);
    out.write(first, 0, firstLength);
    out.write(array, offset, length);
    link.counters().sent(FrameKind.REPLICATION).count(4 + counted);
    queue();
  }

  @Override
  public void atEnd(Runnable filler) {
    if (loop().isCurrent()) {
      if (!closed) {
        fillers.add(filler);
        queue();
      }
    } else {
      loop().send(() -> atEnd(filler), null);
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

  @Override
  public long pendingBytes() {
    SocketOutput out = output;
    return closed || out == null ? 0 : out.pendingBytes();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed = true;
    fillers.clear();
    SocketOutput out = output;
    if (out != null) {
      out.release();
    }
    link.disconnected(this);
  }
}
