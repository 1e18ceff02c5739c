package io.slotcast.broker.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.net.SocketOutput;
import io.slotcast.broker.pubsub.Broadcast;
import io.slotcast.broker.pubsub.Message;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The links to all other nodes of the cluster: one connection a pair, dialled by the node with the
 * lower id at the other's client port. Follows the topology. Safe from any thread.
 */
public final class PeerLinks implements Broadcast, AutoCloseable {
  /** The protocol between nodes; a peer that speaks another is refused. */
  public static final String VERSION = "1";

  private static final int READ_SIZE = 64 * 1024;
  private static final int CONNECT_MILLIS = 1_000;
  private static final int FIRST_REDIAL_MILLIS = 50;
  private static final int LAST_REDIAL_MILLIS = 1_000;
  private static final int TICK_MILLIS = 1_000;

  private final IoLoops loops;
  private final ClusterView cluster;
  private final PeerReceivers receivers;
  private final PeerSecret secret;
  private volatile long silenceMillis;
  private final InterestAnnouncer announcer;
  private final Map<NodeId, PeerLink> byPeer = new ConcurrentHashMap<>();

  /** All links, and those to the other nodes of this node's shard: replaced under {@code this}. */
  private volatile PeerLink[] all = new PeerLink[0];

  private volatile PeerLink[] shard = new PeerLink[0];

  /** What this node's shard owns; written under {@code this}. */
  private volatile SlotSet shardSlots = SlotSet.empty();

  private volatile long sendLimit;

  /** Written under routingLock. */
  private volatile boolean byInterest;

  private final Object routingLock = new Object();
  private volatile boolean closed;
  private Runnable whenLinked = () -> {};
  private NumberedFrames.LinkEnd whenEnded = peer -> {};
  private @Nullable ScheduledFuture<?> ticking;

  /**
   * @param clusterSecret {@code cluster-secret}; empty for none
   * @param silenceMillis a link on which nothing was heard for so long is given up
   * @param sendLimit {@code cluster-link-sendbuf-limit}, in bytes; 0 for none
   */
  public PeerLinks(
      IoLoops loops,
      ClusterView cluster,
      PubSub pubSub,
      String clusterSecret,
      long silenceMillis,
      long sendLimit) {
    this.loops = loops;
    this.cluster = cluster;
    this.secret = new PeerSecret(clusterSecret);
    this.silenceMillis = silenceMillis;
    this.sendLimit = sendLimit;
    this.announcer = new InterestAnnouncer(pubSub, this, silenceMillis);
    this.receivers = new PeerReceivers(this, pubSub, announcer);
  }

  /** Changes after how much silence a link is given up. */
  public void silence(long millis) {
    silenceMillis = millis;
    announcer.silence(millis);
  }

  /** Follows the topology and the failure detector from now on. */
  public void start() {
    cluster.onTopology(this::follow);
    follow(cluster.topology());
    cluster.membership().onLive(this::live);
    ticking =
        loops
            .group()
            .next()
            .scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private synchronized void follow(Topology topology) {
    if (closed) {
      return;
    }
    NodeId self = cluster.self();
    if (topology.node(self) == null) {
      return;
    }
    for (Node node : topology.nodes()) {
      if (!node.id().equals(self)) {
        PeerLink link = byPeer.computeIfAbsent(node.id(), id -> new PeerLink(this, node));
        link.address(node);
      }
    }
    byPeer.forEach(
        (id, link) -> {
          if (topology.node(id) == null) {
            byPeer.remove(id);
            link.close();
          }
        });
    all = byPeer.values().toArray(PeerLink[]::new);
    List<PeerLink> members = new ArrayList<>();
    topology
        .shardOf(self)
        .map(Shard::members)
        .ifPresent(ids -> ids.forEach(id -> addIfPeer(id, members)));
    shard = members.toArray(PeerLink[]::new);
    shardSlots = topology.shardOf(self).map(Shard::slots).orElse(SlotSet.empty());
    for (PeerLink link : all) {
      link.dialSoon();
    }
    checkLinked();
  }

  private void addIfPeer(NodeId id, List<PeerLink> links) {
    PeerLink link = byPeer.get(id);
    if (link != null) {
      links.add(link);
    }
  }

  /**
   * Runs something each time when this node is in the topology and linked with every node that is
   * thought alive; to be called before {@link #start}.
   */
  public void onLinked(Runnable listener) {
    whenLinked = listener;
  }

  /** Whether this node is in the topology and linked with every node that is thought alive. */
  public boolean isLinked() {
    if (cluster.topology().node(cluster.self()) == null) {
      return false;
    }
    for (PeerLink link : all) {
      if (link.isLive() && !link.isUp()) {
        return false;
      }
    }
    return true;
  }

  private void checkLinked() {
    if (isLinked()) {
      whenLinked.run();
    }
  }

  private void live(Set<NodeId> live) {
    byPeer.forEach((id, link) -> link.live(live.contains(id)));
    announcer.reconsider();
  }

  private void tick() {
    for (PeerLink link : all) {
      link.tick(silenceMillis);
    }
    announcer.reconsider();
    checkLinked();
  }

  /** The links to all other nodes, in no order. */
  public List<PeerLink> links() {
    return List.of(all);
  }

  public @Nullable PeerLink link(NodeId peer) {
    return byPeer.get(peer);
  }

  /** How this node tells others what it has subscribers for. */
  public InterestAnnouncer announcer() {
    return announcer;
  }

  /** Changes {@code cluster-link-sendbuf-limit}. */
  public void limitSending(long bytes) {
    sendLimit = bytes;
  }

  boolean isOverLimit(long bytes) {
    long limit = sendLimit;
    return limit > 0 && bytes > limit;
  }

  /**
   * Changes {@code publish-routing}. By interest, each peer is asked what it has subscribers for,
   * and gets everything until it has said so.
   */
  public void routeByInterest(boolean wanted) {
    synchronized (routingLock) {
      byInterest = wanted;
      for (PeerLink link : all) {
        sendInterestMode(link);
      }
    }
  }

  /** What a peer hears last must be what is done: it tells nothing unless asked. */
  private void sendInterestMode(PeerLink link) {
    synchronized (routingLock) {
      long list = 0;
      if (byInterest) {
        list = link.interest().awaitList();
      } else {
        link.interest().forget();
      }
      announcer.send(link, FrameKind.INTEREST_MODE, list, new byte[0]);
    }
  }

  /** The frames by which slots move. */
  public NumberedFrames migrationFrames() {
    return new NumberedFrames() {
      @Override
      public boolean send(NodeId peer, long number, byte[] body) {
        PeerLink link = byPeer.get(peer);
        if (link == null || !link.isUp()) {
          return false;
        }
        FrameWriter writer = new FrameWriter(new GrowingSink(body.length + 16));
        writer.numbered(FrameKind.MIGRATION, number, body);
        link.send(FrameKind.MIGRATION, writer.array(), writer.length(), null);
        return true;
      }

      @Override
      public long queuedBytes(NodeId peer) {
        PeerLink link = byPeer.get(peer);
        return link == null ? 0 : link.queuedBytes();
      }

      @Override
      public void receiver(Receiver receiver) {
        receivers.migrationTo(receiver);
      }

      @Override
      public void onLinkEnd(LinkEnd listener) {
        whenEnded = listener;
      }
    };
  }

  // ---- Sending messages ----

  @Override
  public void classic(Message message, IoLoop loop) {
    PeerLink[] links = all;
    if (links.length > 0) {
      send(FrameKind.PUBLISH, links, byInterest, message, loop);
    }
  }

  @Override
  public void shard(int slot, Message message, IoLoop loop) {
    PeerLink[] links = shard;
    if (links.length > 0) {
      send(FrameKind.SHARD_PUBLISH, links, false, message, loop);
    }
  }

  /** Whether this node's shard owns a slot. */
  boolean isOfShard(int slot) {
    return shardSlots.contains(slot);
  }

  /** Sends a shard message on to the slot's owner, which tells its shard. */
  void forward(int slot, Message message, IoLoop loop) {
    Node owner = cluster.topology().primaryOf(slot);
    PeerLink link = owner == null ? null : byPeer.get(owner.id());
    if (link != null) {
      send(FrameKind.SHARD_FORWARD, new PeerLink[] {link}, false, message, loop);
    }
  }

  private void send(
      FrameKind kind, PeerLink[] links, boolean onlyWanting, Message message, IoLoop loop) {
    FrameWriter writer = new FrameWriter(loop.frame());
    writer.message(kind, message);
    byte[] frame = writer.array();
    int length = writer.length();
    if (length > SocketOutput.CHUNK) {
      ByteBuf shared = ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(frame, 0, length);
      for (PeerLink link : links) {
        if (!onlyWanting || wants(link, message, loop)) {
          link.sendShared(kind, shared, loop);
        }
      }
      shared.release();
      return;
    }
    for (PeerLink link : links) {
      if (!onlyWanting || wants(link, message, loop)) {
        link.send(kind, frame, length, loop);
      }
    }
  }

  /** A peer that has been silent for long may have lost what it told: it gets everything. */
  private boolean wants(PeerLink link, Message message, IoLoop loop) {
    return !link.heardSince(loop.millis() - silenceMillis) || link.interest().wants(message);
  }

  /** Says what replicates over the links; to be called before {@link #start}. */
  public void replicateBy(ReplicationPeer replication) {
    receivers.replication(replication);
  }

  PeerReceivers receivers() {
    return receivers;
  }

  // ---- Connecting ----

  /** The lower id dials. */
  boolean dials(NodeId peer) {
    return !closed && cluster.self().compareTo(peer) < 0;
  }

  void dial(PeerLink link) {
    IoLoop loop = loops.all().get(Math.floorMod(link.peer().hashCode(), loops.all().size()));
    Node address = link.address();
    new Bootstrap()
        .group(loop.eventLoop())
        .channel(loops.transport().clientChannel())
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE))
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new DialerHandshake(loop, link, secret, cluster.self()));
              }
            })
        .connect(address.host(), address.port())
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                link.dialFailed();
              }
            });
  }

  void redialLater(PeerLink link, int failures) {
    int doublings = Math.min(failures - 1, 5);
    int delay = Math.min(FIRST_REDIAL_MILLIS << doublings, LAST_REDIAL_MILLIS);
    if (!closed) {
      loops.group().schedule(link::dialSoon, delay, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * A connection of this node's client port said that it is a peer: it becomes that peer's link
   * once it has proved the secret.
   *
   * @param nonce the peer's, of {@value PeerSecret#NONCE} bytes
   * @return whether that node is known here
   */
  public boolean accept(Connection connection, NodeId peer, byte[] nonce) {
    PeerLink link = byPeer.get(peer);
    if (link == null || closed || nonce.length != PeerSecret.NONCE) {
      return false;
    }
    IoLoop loop = connection.loop();
    connection.handOver(new AcceptorHandshake(loop, link, secret, cluster.self(), nonce));
    return true;
  }

  void linkUp(PeerLink link) {
    sendInterestMode(link);
    announcer.reconsider();
    checkLinked();
  }

  void linkDown(PeerLink link) {
    announcer.lost(link);
    whenEnded.ended(link.peer());
  }

  @Override
  public void close() {
    closed = true;
    ScheduledFuture<?> task = ticking;
    if (task != null) {
      task.cancel(false);
    }
    for (PeerLink link : all) {
      link.close();
    }
  }
}
