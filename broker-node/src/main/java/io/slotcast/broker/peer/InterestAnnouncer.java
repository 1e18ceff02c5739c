package io.slotcast.broker.peer;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.pubsub.InterestGate;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.router.NodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells peers that route by interest which channels and patterns this node has subscribers for, and
 * holds a subscription's confirmation until they know.
 *
 * <p>A peer routes by what it was told only while its connection to this node lives and speaks, and
 * takes a new connection for a blank page on which everything is wanted. So a subscription may be
 * confirmed once each peer that is alive either does not route by interest, or has acknowledged the
 * announcement on its present connection, or has been without a word from this node for so long
 * that it no longer goes by what it knew. ADR 0004 has the argument.
 *
 * <p>Guarded by {@code lock}, which is taken before the locks of the pub/sub tables.
 */
public final class InterestAnnouncer implements InterestGate {
  /** What a peer has said about its routing. A peer that has said nothing may be going by it. */
  private enum Mode {
    UNKNOWN,
    BROADCAST,
    INTEREST
  }

  private static final class Peer {
    private Mode mode = Mode.UNKNOWN;
    private long acknowledged = -1;
  }

  /** A subscription that waits; {@code deadlineNanos} is when silent peers no longer matter. */
  private record Waiter(long number, long deadlineNanos, IoLoop loop, Runnable whenKnown) {}

  private final PubSub pubSub;
  private final PeerLinks links;
  private volatile long silenceNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<NodeId, Peer> peers = new HashMap<>();
  private final List<Waiter> waiters = new ArrayList<>();

  /** Announced and not yet subscribed, with how many wait for each. */
  private final ByteMap<Integer> announcedChannels = new ByteMap<>();

  private final ByteMap<Integer> announcedPatterns = new ByteMap<>();
  private long lastNumber;

  InterestAnnouncer(PubSub pubSub, PeerLinks links, long silenceMillis) {
    this.pubSub = pubSub;
    this.links = links;
    silence(silenceMillis);
  }

  /** The other side measures the same silence on a clock that may run a little slower. */
  final void silence(long millis) {
    silenceNanos = TimeUnit.MILLISECONDS.toNanos(millis + millis / 10);
  }

  // ---- This node's subscriptions ----

  @Override
  public boolean announce(
      SubscriptionKind kind, List<byte[]> names, IoLoop loop, Runnable whenKnown) {
    if (kind.isShard()) {
      return true;
    }
    lock.lock();
    try {
      boolean known = mayConfirm(lastNumber, false) && (!isAsked() || isAllKnown(kind, names));
      // Counted in any case: until it is made, no list may lack it and no removal may pass it by.
      count(kind, names);
      if (known) {
        return true;
      }
      long number = ++lastNumber;
      for (byte[] name : names) {
        tellInterested(FrameKind.INTEREST_ADD, number, kind, name);
      }
      Waiter waiter = new Waiter(number, System.nanoTime() + silenceNanos, loop, whenKnown);
      waiters.add(waiter);
      loop.eventLoop().schedule(this::reconsider, silenceNanos, TimeUnit.NANOSECONDS);
      releaseWaiters();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void count(SubscriptionKind kind, List<byte[]> names) {
    ByteMap<Integer> announced = announced(kind);
    for (byte[] name : names) {
      Integer before = announced.get(name);
      announced.put(name, before == null ? 1 : before + 1);
    }
  }

  /** Whether any peer routes by interest. */
  private boolean isAsked() {
    return peers.values().stream().anyMatch(peer -> peer.mode == Mode.INTEREST);
  }

  /** Whether each has a confirmed subscriber already, so that every peer was told before. */
  private boolean isAllKnown(SubscriptionKind kind, List<byte[]> names) {
    return names.stream().allMatch(name -> pubSub.subscribers(kind, name) > 0);
  }

  @Override
  public void subscribed(SubscriptionKind kind, List<byte[]> names) {
    if (kind.isShard()) {
      return;
    }
    lock.lock();
    try {
      ByteMap<Integer> announced = announced(kind);
      for (byte[] name : names) {
        Integer before = announced.get(name);
        if (before != null && before > 1) {
          announced.put(name, before - 1);
        } else {
          announced.remove(name);
          withdrawIfUnused(kind, name);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unsubscribed(SubscriptionKind kind, byte[] name) {
    if (kind.isShard()) {
      return;
    }
    lock.lock();
    try {
      withdrawIfUnused(kind, name);
    } finally {
      lock.unlock();
    }
  }

  private void withdrawIfUnused(SubscriptionKind kind, byte[] name) {
    if (isAsked() && announced(kind).get(name) == null && pubSub.subscribers(kind, name) == 0) {
      tellInterested(FrameKind.INTEREST_REMOVE, ++lastNumber, kind, name);
    }
  }

  private ByteMap<Integer> announced(SubscriptionKind kind) {
    return kind.isPattern() ? announcedPatterns : announcedChannels;
  }

  // ---- Peers ----

  void received(PeerLink from, FrameReader frame) throws FrameException {
    long number = frame.number();
    switch (frame.kind()) {
      case INTEREST_MODE -> peerRoutes(from, number);
      case INTEREST_ADD -> {
        byte[] body = frame.numberedBody();
        from.interest().add(isPattern(body), name(body));
        send(from, FrameKind.INTEREST_ACK, number, new byte[0]);
      }
      case INTEREST_REMOVE -> {
        byte[] body = frame.numberedBody();
        from.interest().remove(isPattern(body), name(body));
      }
      case INTEREST_COMPLETE -> {
        from.interest().complete(listNumber(frame.numberedBody()));
        send(from, FrameKind.INTEREST_ACK, number, new byte[0]);
      }
      case INTEREST_ACK -> acknowledged(from, number);
      default -> throw new FrameException(frame.kind() + " is not about interest");
    }
  }

  /** The peer tells how it routes; if by interest, it gets the whole list first, by its number. */
  private void peerRoutes(PeerLink link, long list) {
    boolean byInterest = list != 0;
    lock.lock();
    try {
      Peer peer = peers.computeIfAbsent(link.peer(), id -> new Peer());
      peer.mode = byInterest ? Mode.INTEREST : Mode.BROADCAST;
      peer.acknowledged = -1;
      if (byInterest) {
        long number = lastNumber;
        for (SubscriptionKind kind : List.of(SubscriptionKind.CHANNEL, SubscriptionKind.PATTERN)) {
          pubSub
              .names(kind, null)
              .forEach(name -> send(link, FrameKind.INTEREST_ADD, -1, body(kind, name)));
          announced(kind)
              .forEach((name, n) -> send(link, FrameKind.INTEREST_ADD, -1, body(kind, name)));
        }
        send(link, FrameKind.INTEREST_COMPLETE, number, listNumber(list));
      }
      releaseWaiters();
    } finally {
      lock.unlock();
    }
  }

  private void acknowledged(PeerLink link, long number) {
    lock.lock();
    try {
      Peer peer = peers.computeIfAbsent(link.peer(), id -> new Peer());
      peer.acknowledged = Math.max(peer.acknowledged, number);
      releaseWaiters();
    } finally {
      lock.unlock();
    }
  }

  /** A connection is gone: what it acknowledged means nothing on the next one. */
  void lost(PeerLink link) {
    lock.lock();
    try {
      Peer peer = peers.get(link.peer());
      if (peer != null) {
        peer.acknowledged = -1;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Looks again at who waits: peers may have died, or time may have passed. */
  void reconsider() {
    lock.lock();
    try {
      releaseWaiters();
    } finally {
      lock.unlock();
    }
  }

  private void releaseWaiters() {
    long now = System.nanoTime();
    for (Iterator<Waiter> each = waiters.iterator(); each.hasNext(); ) {
      Waiter waiter = each.next();
      if (mayConfirm(waiter.number(), now - waiter.deadlineNanos() >= 0)) {
        each.remove();
        waiter.loop().send(waiter.whenKnown(), null);
      }
    }
  }

  private boolean mayConfirm(long number, boolean isOverdue) {
    for (PeerLink link : links.links()) {
      // One that is thought dead and still linked may be alive, and go by what it knows.
      if (isOverdue || (!link.isLive() && !link.isUp())) {
        continue;
      }
      Peer peer = peers.get(link.peer());
      Mode mode = peer == null ? Mode.UNKNOWN : peer.mode;
      boolean knows = mode == Mode.BROADCAST || (peer != null && peer.acknowledged >= number);
      if (!knows) {
        return false;
      }
    }
    return true;
  }

  // ---- Frames ----

  private void tellInterested(FrameKind frame, long number, SubscriptionKind kind, byte[] name) {
    for (PeerLink link : links.links()) {
      Peer peer = peers.get(link.peer());
      if (peer != null && peer.mode == Mode.INTEREST && link.isUp()) {
        send(link, frame, number, body(kind, name));
      }
    }
  }

  void send(PeerLink link, FrameKind kind, long number, byte[] body) {
    FrameWriter writer = new FrameWriter(new GrowingSink(FrameWriter.HEADER + 8 + body.length));
    writer.numbered(kind, number, body);
    link.send(kind, writer.array(), writer.length(), null);
  }

  private static byte[] body(SubscriptionKind kind, byte[] name) {
    byte[] body = new byte[name.length + 1];
    body[0] = (byte) (kind.isPattern() ? 1 : 0);
    System.arraycopy(name, 0, body, 1, name.length);
    return body;
  }

  private static byte[] listNumber(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static long listNumber(byte[] body) throws FrameException {
    if (body.length != Long.BYTES) {
      throw new FrameException("the number of a list in " + body.length + " bytes");
    }
    return ByteBuffer.wrap(body).getLong();
  }

  private static boolean isPattern(byte[] body) throws FrameException {
    if (body.length == 0) {
      throw new FrameException("an interest without a name");
    }
    return body[0] == 1;
  }

  private static byte[] name(byte[] body) {
    return Arrays.copyOfRange(body, 1, body.length);
  }
}
