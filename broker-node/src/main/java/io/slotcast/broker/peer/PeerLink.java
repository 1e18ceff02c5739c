package io.slotcast.broker.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * This node's link to one other, over all connections that it has in its life. While there is none,
 * messages to a peer that is alive wait in a bounded queue; what does not fit is dropped and
 * counted. Safe from any thread.
 */
public final class PeerLink {
  private final PeerLinks owner;
  private final NodeId peer;
  private final LinkCounters counters = new LinkCounters();
  private final InterestTable interest = new InterestTable();
  private final Object lock = new Object();

  /** Written under lock. */
  private volatile @Nullable PeerChannel current;

  private volatile Node address;
  private volatile boolean live = true;
  private volatile long roundTripNanos;
  private volatile long connectedSinceMillis;
  private volatile long lastHeardBeforeMillis;

  private final Queue<Waiting> waiting = new ArrayDeque<>(); // guarded by lock
  private long waitingBytes; // guarded by lock
  private boolean dialing; // guarded by lock
  private boolean closed; // guarded by lock
  private int failedDials; // guarded by lock

  private record Waiting(FrameKind kind, byte[] frame) {}

  PeerLink(PeerLinks owner, Node address) {
    this.owner = owner;
    this.peer = address.id();
    this.address = address;
  }

  public NodeId peer() {
    return peer;
  }

  public LinkCounters counters() {
    return counters;
  }

  /** What the peer has subscribers for, as far as it has said. */
  InterestTable interest() {
    return interest;
  }

  /** How the peer is announced. */
  public Node address() {
    return address;
  }

  void address(Node newAddress) {
    address = newAddress;
  }

  public boolean isUp() {
    return current != null;
  }

  /** When the present connection was made, in wall-clock milliseconds; 0 if there is none. */
  public long connectedSinceMillis() {
    return isUp() ? connectedSinceMillis : 0;
  }

  /** When the peer was last heard of, in wall-clock milliseconds; 0 for never. */
  public long lastHeardMillis() {
    PeerChannel channel = current;
    return channel == null ? lastHeardBeforeMillis : channel.lastReceivedMillis();
  }

  /** Whether this node makes the connection, rather than the peer. */
  public boolean dials() {
    return owner.dials(peer);
  }

  /** The last round trip of a sign of life, in nanoseconds; 0 before the first. */
  public long roundTripNanos() {
    return roundTripNanos;
  }

  void roundTrip(long nanos) {
    roundTripNanos = nanos;
  }

  /** How many bytes wait to be sent: an estimate, as seen from outside the link's loop. */
  public long queuedBytes() {
    PeerChannel channel = current;
    return channel == null ? 0 : channel.pendingBytes();
  }

  PeerReceivers receivers() {
    return owner.receivers();
  }

  boolean isOverLimit(long bytes) {
    return owner.isOverLimit(bytes);
  }

  boolean isLive() {
    return live;
  }

  /** Takes over the failure detector's view; nothing waits for the dead. */
  void live(boolean isLive) {
    live = isLive;
    if (!isLive) {
      synchronized (lock) {
        waiting.clear();
        waitingBytes = 0;
      }
    } else {
      dialSoon();
    }
  }

  /** Whether the peer was heard of since then, in wall-clock milliseconds, on this connection. */
  boolean heardSince(long millis) {
    PeerChannel channel = current;
    return channel != null && channel.heardSince(millis);
  }

  // ---- Sending ----

  /** Sends a frame that lies in the caller's memory; {@code from} is the caller's loop, if any. */
  void send(FrameKind kind, byte[] frame, int length, @Nullable IoLoop from) {
    PeerChannel channel = current;
    if (channel == null) {
      keepForLater(kind, frame, length, from);
    } else if (channel.loop() == from) {
      channel.send(kind, frame, length);
    } else {
      byte[] copy = Arrays.copyOf(frame, length);
      channel.loop().send(() -> channel.send(kind, copy, copy.length), from);
    }
  }

  /** As {@link #send}, for a frame that several links share. */
  void sendShared(FrameKind kind, ByteBuf frame, @Nullable IoLoop from) {
    PeerChannel channel = current;
    if (channel == null) {
      byte[] copy = new byte[frame.readableBytes()];
      frame.getBytes(frame.readerIndex(), copy);
      keepForLater(kind, copy, copy.length, from);
    } else if (channel.loop() == from) {
      channel.sendShared(kind, frame);
    } else {
      ByteBuf own = frame.retainedDuplicate();
      channel
          .loop()
          .send(
              () -> {
                channel.sendShared(kind, own);
                own.release();
              },
              from);
    }
  }

  private void keepForLater(FrameKind kind, byte[] frame, int length, @Nullable IoLoop from) {
    if (!live) {
      return;
    }
    synchronized (lock) {
      if (current == null) {
        if (closed || owner.isOverLimit(waitingBytes + length)) {
          counters.dropped().count(length);
        } else {
          waiting.add(new Waiting(kind, Arrays.copyOf(frame, length)));
          waitingBytes += length;
        }
        return;
      }
    }
    send(kind, frame, length, from);
  }

  // ---- Connecting ----

  /** Dials unless the peer is the one to dial, or a dial or a connection is there. */
  void dialSoon() {
    synchronized (lock) {
      if (closed || dialing || current != null || !dials()) {
        return;
      }
      dialing = true;
    }
    owner.dial(this);
  }

  void dialFailed() {
    int failures;
    synchronized (lock) {
      dialing = false;
      if (closed || current != null) {
        return;
      }
      failures = ++failedDials;
    }
    owner.redialLater(this, failures);
  }

  /** The handshake is done: the channel takes over from its handler. On the channel's loop. */
  void connected(ChannelHandlerContext context, IoLoop loop, FrameHandler handshake) {
    PeerChannel channel = new PeerChannel(loop, this);
    context.pipeline().replace(handshake, null, channel);
    PeerChannel before;
    synchronized (lock) {
      dialing = false;
      failedDials = 0;
      if (closed) {
        channel.close();
        return;
      }
      before = current;
      interest.forget();
      connectedSinceMillis = loop.millis();
      Waiting frame;
      while ((frame = waiting.poll()) != null) {
        channel.send(frame.kind(), frame.frame(), frame.frame().length);
      }
      waitingBytes = 0;
      current = channel;
    }
    if (before != null) {
      before.close();
    }
    owner.linkUp(this);
    receivers().replication().linkUp(channel);
  }

  void disconnected(PeerChannel channel) {
    synchronized (lock) {
      if (current != channel) {
        return;
      }
      current = null;
      lastHeardBeforeMillis = channel.lastReceivedMillis();
      interest.forget();
    }
    owner.linkDown(this);
    receivers().replication().linkDown(channel);
    dialSoon();
  }

  /** Ends the present connection, if there is one; another is made. */
  public void reconnect() {
    PeerChannel channel = current;
    if (channel != null) {
      channel.close();
    }
  }

  void tick(long silenceMillis) {
    PeerChannel channel = current;
    if (channel == null) {
      dialSoon();
    } else {
      channel.loop().send(() -> channel.tick(silenceMillis), null);
    }
  }

  /** The peer left the cluster, or this node stops. */
  void close() {
    PeerChannel channel;
    synchronized (lock) {
      closed = true;
      waiting.clear();
      channel = current;
    }
    if (channel != null) {
      channel.close();
    }
  }
}
