package io.slotcast.broker;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.slotcast.broker.admin.AdminServer;
import io.slotcast.broker.admin.ObservedNode;
import io.slotcast.broker.admin.Readiness;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.Dispatcher;
import io.slotcast.broker.command.EffectRunner;
import io.slotcast.broker.command.ErrorStatistics;
import io.slotcast.broker.command.Monitors;
import io.slotcast.broker.command.PauseGate;
import io.slotcast.broker.command.Refusals;
import io.slotcast.broker.command.RunObservers;
import io.slotcast.broker.command.SlowLog;
import io.slotcast.broker.command.WaitingClients;
import io.slotcast.broker.command.info.ProcessUsage;
import io.slotcast.broker.command.info.Traffic;
import io.slotcast.broker.command.pubsub.LostSlots;
import io.slotcast.broker.command.server.SavingAtEnd;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.PublishRouting;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.effect.EffectSink;
import io.slotcast.broker.keyspace.Eviction;
import io.slotcast.broker.keyspace.ExpiryCycle;
import io.slotcast.broker.keyspace.KeyUse;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.WakeupTimer;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.migration.SlotMigration;
import io.slotcast.broker.net.ClientProtocol;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.net.ReplyGate;
import io.slotcast.broker.net.Transport;
import io.slotcast.broker.net.tls.ServerTls;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.replication.Replication;
import io.slotcast.membership.ClusterMembership;
import io.slotcast.router.Access;
import io.slotcast.router.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node of a cluster: started from its configuration, closed once. */
public final class BrokerNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BrokerNode.class);

  private final ServerConfig config;
  private final ClusterMembership membership;
  private final IoLoops loops;
  private final ClientRegistry clients;
  private final ClusterView cluster;
  private final PeerLinks peers;
  private final SlotMigration migration;
  private final ExpiryCycle expiry;
  private final WakeupTimer wakeups;
  private final Durability durability;
  private final SlotTable slots;
  private final CommandTable commands;
  private final ReplyGate gate;
  private final Replication replication;
  private final PrimaryHandover primaryHandover;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final AtomicBoolean shuttingDown = new AtomicBoolean();

  /** Written by any thread. */
  private volatile boolean failed;

  private final List<Dispatcher> dispatchers = new ArrayList<>();
  private final Readiness readiness;
  private final ObservedNode observed;

  // Set while the node starts, before any other thread knows it.
  private @Nullable ClientListeners listeners;
  private @Nullable AdminServer admin;

  private BrokerNode(ServerConfig config, ClusterMembership membership, Transport transport) {
    this.config = config;
    this.membership = membership;
    this.loops =
        new IoLoops(
            transport,
            config.get(Directives.IO_THREADS),
            "io-" + (port() == 0 ? tlsPort() : port()),
            config.get(Directives.DELIVERY_FLUSH_GAP).toNanos());
    this.slots = new SlotTable();
    ValueLayout layout = new ValueLayout(config);
    this.gate = new ReplyGate(loops.all());
    this.durability = new Durability(config, slots, layout, gate, this::fail, loops::atEndOfTurn);
    PubSub pubSub = new PubSub(slots, ByteBufAllocator.DEFAULT);
    this.clients = new ClientRegistry(config, pubSub);
    this.cluster = RoutingDirectives.follow(config, membership);
    this.peers =
        new PeerLinks(
            loops,
            cluster,
            pubSub,
            config.get(Directives.CLUSTER_SECRET),
            config.get(Directives.CLUSTER_NODE_TIMEOUT).toMillis(),
            config.get(Directives.CLUSTER_LINK_SENDBUF_LIMIT));
    Resharding resharding = new Resharding(cluster, slots, layout, loops, peers, gate);
    this.migration = resharding.migration();
    pubSub.broadcastBy(peers);
    slots.events().listener(KeyspaceNotifications.follow(config, pubSub, loops));
    pubSub.interestBy(peers.announcer());
    this.replication =
        new Replication(
            cluster,
            new Replication.Keyspace(
                slots.effects(),
                slots,
                new SlotImages(layout::settings),
                (loop, wanted, repeated, failed) ->
                    effectRunner(loop, wanted, repeated, failed)::run,
                durability::durableOffset),
            ShardReplication.standing(durability.refusals(), durability::keysReplaced),
            gate,
            ShardReplication.settings(config),
            loops.group(),
            System::nanoTime,
            NodeCommands::randomId,
            System.currentTimeMillis());
    ShardReplication.follow(config, replication::use);
    durability.onDurable(replication::durableMoved);
    peers.replicateBy(replication);
    this.primaryHandover =
        PrimaryHandover.follow(cluster, slots, replication, migration.handover());
    membership.replicateBy(replication, () -> ShardReplication.failoverPolicy(config));
    ErrorStatistics errors = new ErrorStatistics();
    PauseGate pause = new PauseGate(System::currentTimeMillis);
    RunObservers observers =
        new RunObservers(new SlowLog(config), new Monitors(InstantSource.system()));
    Traffic traffic = new Traffic(loops.all(), System.nanoTime());
    ProcessUsage process =
        new ProcessUsage(((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric());
    this.commands =
        new NodeCommands(
                config,
                loops,
                slots,
                layout,
                cluster,
                clients,
                pubSub,
                peers,
                migration,
                replication,
                errors,
                pause,
                observers,
                traffic,
                process,
                durability.persistence(),
                this::shutDown)
            .table();
    resharding.repeatBy(commands, slots);
    IntPredicate mayWrite =
        slot ->
            !durability.refusals().isLoading()
                && cluster.router().route(slot, Access.WRITE) instanceof Route.Local;
    Eviction eviction = MemoryDirectives.follow(config, slots, mayWrite);
    for (IoLoop loop : loops.all()) {
      loop.guardReplies(membership.servingRight()::holds);
      dispatchers.add(
          new Dispatcher(
              loop,
              commands,
              cluster,
              slots,
              errors,
              pause,
              observers,
              eviction,
              durability.refusals()));
    }
    peers.routeByInterest(config.get(Directives.PUBLISH_ROUTING) == PublishRouting.INTEREST);
    config.onChange(
        Directives.PUBLISH_ROUTING,
        routing -> peers.routeByInterest(routing == PublishRouting.INTEREST));
    countUse(slots.use(), config.get(Directives.MAXMEMORY_POLICY));
    config.onChange(Directives.MAXMEMORY_POLICY, policy -> countUse(slots.use(), policy));
    config.onChange(Directives.CLUSTER_LINK_SENDBUF_LIMIT, peers::limitSending);
    config.onChange(
        Directives.CLUSTER_NODE_TIMEOUT,
        timeout -> {
          membership.nodeTimeout(timeout);
          peers.silence(timeout.toMillis());
        });
    config.onChange(Directives.DELIVERY_FLUSH_GAP, gap -> loops.flushGapNanos(gap.toNanos()));
    IoLoop first = loops.all().getFirst();
    this.expiry = new ExpiryCycle(slots, mayWrite, System::currentTimeMillis, System::nanoTime);
    expiry.start(first.eventLoop());
    this.wakeups =
        new WakeupTimer(
            slots,
            mayWrite,
            System::currentTimeMillis,
            first.eventLoop(),
            dispatchers.getFirst().waiting()::wake);
    wakeups.start();
    LostSlots.follow(cluster, clients, pubSub);
    ShardMessages.follow(config, cluster, peers, pubSub, first);
    Housekeeping.start(loops, config, clients, pause, traffic, process);
    this.readiness = new Readiness(cluster, peers, loops.group());
    this.observed =
        new ObservedNode(
            loops.all(),
            clients,
            commands,
            errors,
            pubSub,
            peers,
            cluster,
            replication,
            migration,
            durability.persistence());
    peers.onLinked(readiness::check);
    durability.dropForeignKeys(cluster, slots);
  }

  /** Gives a node its place in a cluster. */
  private interface MembershipStart {
    ClusterMembership of(ServerConfig config) throws StartupException;
  }

  private static void countUse(KeyUse use, String policy) {
    use.countFrequency(policy.endsWith("-lfu"));
  }

  /**
   * Starts a node: it listens at once, and finds its cluster in the background.
   *
   * @throws StartupException if it cannot; nothing is left running then
   */
  public static BrokerNode start(ServerConfig config) throws StartupException {
    return start(config, MembershipSettings::start);
  }

  /** Starts a node that has its place in a cluster by {@code membership}, and closes it. */
  public static BrokerNode start(ServerConfig config, ClusterMembership membership)
      throws StartupException {
    return start(config, _ -> membership);
  }

  private static BrokerNode start(ServerConfig config, MembershipStart membership)
      throws StartupException {
    // What can be wrong with the configuration alone comes before others see the node.
    Transport transport = TransportChoice.of(config);
    ServerTls tls = TlsDirectives.follow(config);
    BrokerNode node = new BrokerNode(config, membership.of(config), transport);
    try {
      node.listen(tls);
      node.peers.start();
      node.durability.load(new JournalCommands(node.commands, node.slots));
      // Only now: a replica's keys come from its primary, in place of those that were loaded.
      node.cluster.start();
      node.readiness.loaded();
      return node;
    } catch (StartupException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void listen(@Nullable ServerTls tls) throws StartupException {
    listeners = ClientListeners.open(loops, config, tls, this::accepted);
    if (config.adminPort() != 0) {
      admin = openAdmin();
    }
    readiness.listening();
  }

  private AdminServer openAdmin() throws StartupException {
    InetSocketAddress address =
        new InetSocketAddress(config.get(Directives.ADMIN_BIND), config.adminPort());
    try {
      return AdminServer.open(address, observed, readiness);
    } catch (IOException | UnresolvedAddressException e) {
      throw StartupException.because(
          "cannot listen on " + address.getHostString() + ":" + address.getPort() + " (admin)", e);
    }
  }

  /**
   * Completes when {@code /health/ready} first says so: the cluster has formed, this node is linked
   * with all nodes that live, and it holds the lease on its slots. Fails if the node is closed
   * before.
   */
  public CompletionStage<Void> ready() {
    return readiness.ready();
  }

  SlotTable slots() {
    return slots;
  }

  PeerLinks peers() {
    return peers;
  }

  Replication replication() {
    return replication;
  }

  Refusals refusals() {
    return durability.refusals();
  }

  IoLoop firstLoop() {
    return loops.all().getFirst();
  }

  /** Repeats effects of another node, or of an earlier life, on one of this node's loops. */
  EffectRunner effectRunner(
      IoLoop loop, IntPredicate wanted, EffectSink repeated, BiConsumer<String, String> failed) {
    WaitingClients waiting = dispatchers.get(loop.index()).waiting();
    return new EffectRunner(
        commands, slots, loop::millis, wanted, repeated, waiting::serve, failed);
  }

  /** What replies wait for. */
  ReplyGate gate() {
    return gate;
  }

  /** The client port without TLS; 0 if there is none. */
  public int port() {
    return config.get(Directives.PORT);
  }

  /** The client port with TLS; 0 if there is none. */
  public int tlsPort() {
    return config.get(Directives.TLS_PORT);
  }

  /** Tells the other nodes that this one goes, then closes. */
  public void leave() {
    leave(SavingAtEnd.AS_CONFIGURED);
  }

  private void leave(SavingAtEnd saving) {
    readiness.leaving();
    primaryHandover.beforeLeaving();
    durability.saveAtEnd(saving);
    membership.leave();
    close();
  }

  /** SHUTDOWN: leaves in the background, since the caller is one of the loops that end by it. */
  private void shutDown(SavingAtEnd saving) {
    if (shuttingDown.compareAndSet(false, true)) {
      log.info("SHUTDOWN: leaving the cluster");
      Thread.ofPlatform().name("shutdown-" + port()).start(() -> leave(saving));
    }
  }

  /** Ends at once, for what was promised cannot be kept; the caller may be any of its threads. */
  private void fail() {
    failed = true;
    if (shuttingDown.compareAndSet(false, true)) {
      Thread.ofPlatform().name("failed-" + port()).start(this::close);
    }
  }

  /** Whether it ended, or is about to, since it could not keep what it had promised. */
  public boolean hasFailed() {
    return failed;
  }

  /** Completes when the node has ended, by SHUTDOWN or otherwise. */
  public CompletionStage<Void> closed() {
    return closed;
  }

  private ClientProtocol accepted(Connection connection) {
    return clients.opened(connection, dispatchers.get(connection.loop().index()));
  }

  /** Ends everything that the node has: ports, threads, files. Of no effect the second time. */
  @Override
  public void close() {
    readiness.leaving();
    if (listeners != null) {
      listeners.close();
    }
    expiry.close();
    wakeups.close();
    migration.close();
    replication.close();
    peers.close();
    loops.close();
    durability.close();
    membership.close();
    if (admin != null) {
      admin.close();
    }
    closed.complete(null);
  }
}
