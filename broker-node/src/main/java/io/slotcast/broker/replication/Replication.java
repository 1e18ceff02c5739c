package io.slotcast.broker.replication;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.net.ReplyGate;
import io.slotcast.broker.peer.ReplicationLink;
import io.slotcast.broker.peer.ReplicationPeer;
import io.slotcast.broker.replication.Message.Received;
import io.slotcast.membership.failover.ReplicaPosition;
import io.slotcast.membership.failover.ReplicaStream;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in its shard: a primary feeds its replicas, a replica follows its primary; which
 * of the two, the topology says. Safe from any thread.
 */
public final class Replication implements ReplicationPeer, ReplicaStream, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Replication.class);
  private static final long TICK_MILLIS = 1_000;

  /** Where the stream's bytes come from and go to on this node. */
  public record Keyspace(
      EffectStream stream,
      SlotTable slots,
      SlotImages images,
      EffectRepeater.Factory repeaters,
      LongSupplier durableOffset) {}

  private final ClusterView cluster;
  private final Keyspace keyspace;
  private final EffectStream stream;
  private final NodeStanding standing;
  private final ReplyGate.Condition acknowledged;
  private final LongSupplier nanos;
  private final Supplier<String> newId;
  private final Follower follower;
  private final Acknowledgements waits;
  private final ScheduledFuture<?> ticking;
  private final Map<NodeId, ReplicationLink> links = new ConcurrentHashMap<>();
  private final Feeders feeders;
  private volatile ReplicationSettings settings;

  /** When the last replica went; written by the ticks. */
  private volatile long aloneSinceNanos;

  /** What the other nodes were last told; owned by the ticks. */
  private ReplicationFact told = new ReplicationFact(0, false);

  /** Whether the stream is kept for replicas. */
  private volatile boolean keeps;

  /**
   * @param newId makes 40 hexadecimal digits that were never used
   * @param firstSession any number that another run of this node did not begin at
   */
  public Replication(
      ClusterView cluster,
      Keyspace keyspace,
      NodeStanding standing,
      ReplyGate gate,
      ReplicationSettings settings,
      ScheduledExecutorService timer,
      LongSupplier nanos,
      Supplier<String> newId,
      long firstSession) {
    this.cluster = cluster;
    this.keyspace = keyspace;
    this.stream = keyspace.stream();
    this.standing = standing;
    this.acknowledged = gate.newCondition();
    this.settings = settings;
    this.nanos = nanos;
    this.newId = newId;
    this.feeders = new Feeders(keyspace, nanos);
    this.waits = new Acknowledgements(timer);
    this.aloneSinceNanos = nanos.getAsLong();
    this.follower =
        new Follower(
            stream,
            keyspace.slots(),
            keyspace.images(),
            keyspace.repeaters(),
            standing,
            nanos,
            keyspace.durableOffset(),
            firstSession,
            StreamName.of(newId.get()));
    cluster.beforeRouting((before, topology) -> promote(topology));
    cluster.onTopology(this::learn);
    this.ticking =
        timer.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  public void use(ReplicationSettings changed) {
    settings = changed;
    if (keeps) {
      stream.keep(changed.backlogBytes());
    }
    reconsider();
  }

  // ---- What the topology says ----

  /** Before anything is routed by a topology: as a primary, this node's slots are its own. */
  private void promote(Topology topology) {
    Shard shard = topology.shardOf(cluster.self()).orElse(null);
    boolean follows = shard != null && !shard.primary().equals(cluster.self());
    if (follower.isFollowing() && !follows) {
      follower.stop();
      follower.name(follower.name().goingOnAs(newId.get(), stream.offset()));
      keyspace.slots().passive(false);
      standing.stale(false);
      log.info("No replica any more, at offset {}", stream.offset());
    }
  }

  /** After routing by a topology has begun. */
  private void learn(Topology topology) {
    Shard shard = topology.shardOf(cluster.self()).orElse(null);
    if (shard != null && !shard.primary().equals(cluster.self())) {
      NodeId primary = shard.primary();
      feeders.closeIf(all -> true);
      acknowledged.lift();
      waits.giveUp();
      keep();
      follower.follow(primary, shard.epoch(), links.get(primary));
    } else {
      List<NodeId> replicas = shard == null ? List.of() : shard.replicas();
      feeders.closeIf(feeder -> !replicas.contains(feeder.replica()));
      if (!replicas.isEmpty()) {
        keep();
      }
      follower.leads();
    }
    reconsider();
  }

  private void keep() {
    if (!keeps) {
      keeps = true;
      aloneSinceNanos = nanos.getAsLong();
      stream.keep(settings.backlogBytes());
    }
  }

  private boolean isPrimary() {
    return !follower.isFollowing();
  }

  // ---- The links ----

  @Override
  public void linkUp(ReplicationLink link) {
    links.put(link.peer(), link);
    follower.linkUp(link);
  }

  @Override
  public void linkDown(ReplicationLink link) {
    links.remove(link.peer(), link);
    follower.linkDown(link);
    if (feeders.closeIf(feeder -> feeder.link() == link)) {
      reconsider();
    }
  }

  @Override
  public void received(ReplicationLink link, byte[] array, int offset, int length) {
    Received in = Message.read(array, offset, length);
    switch (in.kind()) {
      case SYNC_REQUEST -> feed(link, in);
      case ACK -> acknowledged(link, in);
      case CONTINUE, FULL, STREAM, IMAGE, EMPTY, END_OF_SYNC, HEARTBEAT, NO_SESSION ->
          follower.received(link, in);
    }
  }

  // ---- Feeding ----

  /** A replica asks: it gets no answer while this node does not serve, and asks again. */
  private void feed(ReplicationLink link, Received in) {
    long epoch = in.number();
    String id = in.name();
    long offset = in.number();
    Shard shard = cluster.topology().shardOf(cluster.self()).orElse(null);
    if (shard == null || !mayFeed(shard, link.peer()) || epoch > shard.epoch()) {
      return;
    }
    keep();
    feeders.begin(link, in.session(), follower.name(), id, offset);
    reconsider();
  }

  private boolean mayFeed(Shard shard, NodeId replica) {
    return shard.primary().equals(cluster.self())
        && shard.replicas().contains(replica)
        && isPrimary()
        && serves(shard)
        && !standing.isLoading();
  }

  /** Whether this node has the right to serve its slots: else its keys may be outdated. */
  private boolean serves(Shard shard) {
    return shard.slots().isEmpty()
        || cluster.membership().servingRight().holds(shard.slots().first());
  }

  private void acknowledged(ReplicationLink link, Received in) {
    boolean wasOnline = feeders.isOnline(link.peer());
    if (!feeders.acknowledged(link, in)) {
      new Message().begin(MessageKind.NO_SESSION, in.session()).sendTo(link);
      return;
    }
    letGo();
    waits.moved();
    if (!wasOnline && feeders.isOnline(link.peer())) {
      reconsider();
    }
  }

  /** Replies may leave that waited for {@code min-replicas-to-ack} of the replicas. */
  private void letGo() {
    int needed = settings.minToAck();
    if (needed > 0 && isPrimary()) {
      acknowledged.passed(feeders.acknowledgedBy(needed));
    }
  }

  // ---- What time brings ----

  private void tick() {
    try {
      follower.tick(settings.timeoutMillis());
      feeders.tick(settings);
      forgetBacklog(nanos.getAsLong());
      reconsider();
      tell();
    } catch (RuntimeException bug) {
      log.error("A turn of replication failed", bug);
    }
  }

  private void tell() {
    ReplicationFact fact = ownFact();
    if (!fact.equals(told)) {
      told = fact;
      cluster.membership().softState().publish(ReplicationFact.NAME, fact.encoded());
    }
  }

  private ReplicationFact ownFact() {
    return new ReplicationFact(stream.offset(), follower.phase() == Follower.Phase.LOADING);
  }

  /** {@code repl-backlog-ttl}: without a replica for so long, nothing is kept for any. */
  private void forgetBacklog(long now) {
    long ttl = settings.backlogTtlMillis();
    if (!feeders.isEmpty() || !isPrimary()) {
      aloneSinceNanos = now;
    } else if (keeps && ttl > 0 && now - aloneSinceNanos > ttl * 1_000_000) {
      keeps = false;
      stream.keep(0);
      follower.name(StreamName.of(newId.get()));
    }
  }

  /** What clients may do depends on how replicas, or the primary, are. */
  private void reconsider() {
    ReplicationSettings current = settings;
    boolean asked = current.minToWrite() > 0 && current.maxLagMillis() > 0 && isPrimary();
    standing.lacksReplicas(asked && goodReplicas() < current.minToWrite());
    standing.stale(
        !isPrimary() && !current.servesStaleData() && follower.phase() != Follower.Phase.FOLLOWING);
    if (current.minToAck() > 0 && isPrimary()) {
      letGo();
    } else {
      acknowledged.lift();
    }
  }

  /** How many replicas keep up within {@code min-replicas-max-lag}. */
  public int goodReplicas() {
    return feeders.heardWithin(settings.maxLagMillis());
  }

  // ---- What is asked ----

  public EffectStream stream() {
    return stream;
  }

  public StreamName name() {
    return follower.name();
  }

  /** DEBUG CHANGE-REPL-ID: the stream counts as another one. */
  public void changeName() {
    follower.name(StreamName.of(newId.get()));
  }

  public ReplicationSettings settings() {
    return settings;
  }

  /** Whether the last part of the stream is kept for replicas that come back. */
  public boolean keepsBacklog() {
    return keeps;
  }

  /** How this node follows its primary; null if it is no replica. */
  public @Nullable PrimaryStatus primary() {
    NodeId primary = follower.primary();
    if (primary == null) {
      return null;
    }
    Follower.Phase phase = follower.phase();
    return new PrimaryStatus(
        primary,
        phase == Follower.Phase.FOLLOWING,
        phase == Follower.Phase.LOADING,
        follower.isComplete(),
        stream.offset(),
        follower.primaryOffset(),
        follower.silentNanos() / 1_000_000,
        follower.downNanos() / 1_000_000);
  }

  /** What a node of the cluster last told of its stream; of this node, what is so now. */
  public ReplicationFact of(NodeId node) {
    if (node.equals(cluster.self())) {
      return ownFact();
    }
    byte[] heard = cluster.membership().softState().read(node, ReplicationFact.NAME);
    return Optional.ofNullable(heard)
        .flatMap(ReplicationFact::decode)
        .orElse(new ReplicationFact(0, false));
  }

  /** Whether this node is a replica that follows its primary at this moment. */
  public boolean followsPrimary() {
    return follower.isFollowing() && follower.phase() == Follower.Phase.FOLLOWING;
  }

  /** The replicas that this node feeds, ordered by id. */
  public List<ReplicaStatus> replicas() {
    return feeders.statuses();
  }

  /** How many replicas have the stream up to an offset. */
  public int replicasAt(long offset) {
    return (int) replicas().stream().filter(r -> r.online() && r.offset() >= offset).count();
  }

  /** On the disks of how many replicas the stream is up to an offset. */
  public int replicasDurableAt(long offset) {
    return (int) replicas().stream().filter(r -> r.online() && r.durableOffset() >= offset).count();
  }

  /** Up to which offset the stream is on this node's disk. */
  public long durableOffset() {
    return keyspace.durableOffset().getAsLong();
  }

  /**
   * Runs {@code done} once when so many replicas have the stream up to {@code offset}, or the time
   * is over; on any thread.
   *
   * @param millis 0 for ever
   */
  public void awaitReplicas(long offset, int count, long millis, Runnable done) {
    waits.await(() -> replicasAt(offset) >= count, millis, done);
  }

  /** As {@link #awaitReplicas}, for disks: that of this node too, if {@code own}. */
  public void awaitDisks(long offset, boolean own, int count, long millis, Runnable done) {
    waits.await(
        () -> (!own || durableOffset() >= offset) && replicasDurableAt(offset) >= count,
        millis,
        done);
  }

  /** This node's disk has more of the stream. */
  public void durableMoved() {
    waits.moved();
  }

  /** Full and partial syncs that this node began, and partial ones that it could not. */
  public record Syncs(long full, long partial, long refused) {}

  public Syncs syncs() {
    return feeders.syncs();
  }

  /** How many effects of primaries failed on this node. */
  public long failedEffects() {
    return follower.failedEffects();
  }

  // ---- Failover ----

  @Override
  public ReplicaPosition position() {
    boolean hasAny = follower.isFollowing();
    return hasAny
        ? new ReplicaPosition(stream.offset(), follower.hasPrimarysData(), follower.silentNanos())
        : ReplicaPosition.NOTHING;
  }

  /** On a thread of its own, for what is taken in at this moment may last. */
  @Override
  public CompletionStage<ReplicaPosition> freeze(NodeId primary, long shardEpoch) {
    CompletableFuture<ReplicaPosition> frozen = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("freeze-replication")
        .start(() -> frozen.complete(follower.freeze(primary, shardEpoch, this::position)));
    return frozen;
  }

  @Override
  public void close() {
    ticking.cancel(false);
    feeders.closeIf(all -> true);
    waits.giveUp();
  }
}
