package io.slotcast.membership.control;

import io.slotcast.membership.ClusterMembership;
import io.slotcast.membership.MembershipConfig;
import io.slotcast.membership.MembershipStatistics;
import io.slotcast.membership.SoftState;
import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyStore;
import io.slotcast.membership.bus.Bus;
import io.slotcast.membership.bus.BusConfig;
import io.slotcast.membership.bus.LinkFaults;
import io.slotcast.membership.failover.FailoverPolicy;
import io.slotcast.membership.failover.ReplicaStream;
import io.slotcast.membership.folder.MemoryStorage;
import io.slotcast.membership.folder.NodeFolder;
import io.slotcast.membership.folder.NodeStorage;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.ServingRight;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's control plane put together: its memory, its thread, its end of the bus. Methods are
 * for any thread; they hand over to the control-plane thread or read what it published.
 */
public final class ControlPlane implements ClusterMembership {
  private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);
  private static final Duration LONGEST_HELLO_PERIOD = Duration.ofSeconds(1);
  private static final Duration SOFT_GATHERING = Duration.ofMillis(50);
  private static final Duration LEAVE_PATIENCE = Duration.ofMillis(500);

  private final Node self;
  private final NodeStorage storage;
  private final ControlThread thread;
  private final Bus bus;
  private final SoftStates soft;
  private final NodeControl control;
  private final Topologies topologies = new Topologies();
  private final LiveNodes live;
  private final ShardSuccession.Succession succession = new ShardSuccession.Succession();
  private final AtomicLong views = new AtomicLong();
  private final AtomicBoolean softWaiting = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What somebody may wait for, by number. */
  private final ConcurrentMap<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

  private final AtomicLong requests = new AtomicLong();

  /** Set once by the control-plane thread, when this node came into a cluster. */
  private volatile @Nullable ClusterMember member;

  private ControlPlane(MembershipConfig config, LinkFaults faults, NodeStorage storage)
      throws IOException {
    this.storage = storage;
    self =
        new Node(
            storage.id(),
            config.announcedHost(),
            config.announcedHostname(),
            config.port(),
            config.tlsPort(),
            config.announcedBusPort(),
            config.zone());
    SecureRandom random = new SecureRandom();
    NodeMemory memory = NodeMemory.begin(storage);
    soft = new SoftStates(self.id(), memory.acceptor().incarnation(), this::softChanged);
    live = new LiveNodes(self.id());
    thread = new ControlThread("control-" + config.port(), this::withdraw);
    bus = new Bus(busConfig(config), new BusEvents(), faults);
    control =
        new NodeControl(
            new NodeControl.Settings(
                self,
                config.initialNodes(),
                config.replicasPerShard(),
                isAlone(config),
                config.nodeTimeout(),
                config.leaseLength()),
            memory,
            soft,
            thread,
            random,
            succession,
            bus::send,
            new Events());
  }

  /**
   * Starts a node: takes its folder, binds its bus port, then looks for its cluster in the
   * background.
   *
   * @throws io.slotcast.membership.folder.FolderHeldException if another node has the folder
   * @throws io.slotcast.membership.folder.FolderCorruptException if the folder is damaged
   * @throws java.net.BindException if the bus port cannot be had
   */
  public static ControlPlane start(MembershipConfig config) throws IOException {
    return start(config, LinkFaults.NONE);
  }

  /** As {@link #start(MembershipConfig)}, with links that can be cut. */
  public static ControlPlane start(MembershipConfig config, LinkFaults faults) throws IOException {
    SecureRandom random = new SecureRandom();
    Path folder = config.folder();
    NodeStorage storage =
        folder == null
            ? new MemoryStorage(NodeId.random(random))
            : NodeFolder.open(folder, () -> NodeId.random(random));
    ControlPlane plane = null;
    try {
      plane = new ControlPlane(config, faults, storage);
      plane.begin(config);
      return plane;
    } catch (IOException | RuntimeException e) {
      if (plane == null) {
        storage.close();
      } else {
        plane.close();
      }
      throw e;
    }
  }

  private void begin(MembershipConfig config) throws IOException {
    // Before the first message can come, so that a node that is in a cluster never seems fresh.
    thread.execute(control::resume);
    bus.open();
    thread.execute(control::begin);
    Duration quarter = config.nodeTimeout().dividedBy(4);
    thread.every(
        quarter.compareTo(LONGEST_HELLO_PERIOD) < 0 ? quarter : LONGEST_HELLO_PERIOD,
        control::onHelloTimer);
  }

  private static boolean isAlone(MembershipConfig config) {
    return config.initialNodes() <= 1
        && config.seeds().stream().allMatch(seed -> seed.equals(config.bus()));
  }

  private static BusConfig busConfig(MembershipConfig config) {
    return new BusConfig(
        config.announcedHost() + ":" + config.port(),
        config.bus(),
        new InetSocketAddress(config.announcedHost(), config.announcedBusPort()),
        config.seeds(),
        config.secret(),
        config.nodeTimeout());
  }

  // What others see.

  @Override
  public Node self() {
    return self;
  }

  @Override
  public TopologyStore topology() {
    return new Store();
  }

  @Override
  public ServingRight servingRight() {
    return slot -> {
      ClusterMember current = member;
      return current != null && current.holds(slot);
    };
  }

  @Override
  public Set<NodeId> live() {
    return live.current();
  }

  @Override
  public void onLive(Consumer<Set<NodeId>> listener) {
    live.listen(listener);
  }

  @Override
  public SoftState softState() {
    return soft;
  }

  @Override
  public void requestFailover(boolean forced) {
    thread.execute(() -> control.requestFailover(forced));
  }

  @Override
  public void onFailoverRequested(BiConsumer<NodeId, Boolean> listener) {
    succession.onWish(listener);
  }

  @Override
  public void replicateBy(ReplicaStream stream, Supplier<FailoverPolicy> policy) {
    succession.follow(stream, policy);
  }

  @Override
  public MembershipStatistics statistics() {
    ClusterMember current = member;
    ClusterMember.Counters counters =
        current == null ? ClusterMember.Counters.NONE : current.counters();
    return new MembershipStatistics(
        views.get(),
        topologies.current().epoch(),
        counters.voters(),
        counters.isVoter(),
        counters.roundsCommitted(),
        counters.roundsFailed(),
        counters.roundNanos(),
        isServingAll(current),
        counters.renewals(),
        counters.lapses(),
        bus.sent(),
        bus.received());
  }

  /**
   * By the newest topology and the leases of this moment: what a command would find. Slots that are
   * handed over are nobody's lapse: another node is about to serve them.
   */
  private boolean isServingAll(@Nullable ClusterMember current) {
    SlotSet mine = topologies.current().slotsOf(self.id());
    return mine.isEmpty() || (current != null && current.servesAll(mine));
  }

  /** A promise that is kept, or cancelled when this node is closed first. */
  private <T> CompletableFuture<T> request() {
    CompletableFuture<T> done = new CompletableFuture<>();
    long number = requests.incrementAndGet();
    underWay.put(number, done);
    done.whenComplete((result, failure) -> underWay.remove(number));
    if (closed.get()) {
      done.cancel(false);
    }
    return done;
  }

  @Override
  public CompletionStage<Void> stopServing(SlotSet slots) {
    CompletableFuture<Void> done = request();
    thread.execute(
        () -> {
          try {
            control.stopServing(slots);
            done.complete(null);
          } catch (TopologyChange.RefusedException refused) {
            done.completeExceptionally(refused);
          }
        });
    return done;
  }

  @Override
  public CompletionStage<Void> serveAgain(SlotSet slots) {
    CompletableFuture<Void> done = request();
    thread.execute(
        () -> {
          control.serveAgain(slots);
          done.complete(null);
        });
    return done;
  }

  private final class Store implements TopologyStore {
    @Override
    public Topology current() {
      return topologies.current();
    }

    @Override
    public CompletionStage<Topology> propose(TopologyChange change) {
      CompletableFuture<Topology> done = request();
      thread.execute(
          () ->
              control
                  .propose(change)
                  .whenComplete(
                      (topology, failure) -> {
                        if (failure == null) {
                          done.complete(topology);
                        } else {
                          done.completeExceptionally(failure);
                        }
                      }));
      return done;
    }

    @Override
    public void listen(Consumer<Topology> listener) {
      topologies.listen(listener);
    }
  }

  // What happens.

  /** From JGroups' threads to the control-plane thread. */
  private final class BusEvents implements Bus.Listener {
    @Override
    public void view(List<Address> members, Address own) {
      views.incrementAndGet();
      thread.execute(() -> control.onView(members, own));
    }

    @Override
    public void received(Address from, byte[] message) {
      thread.offer(
          () -> {
            try {
              control.onMessage(from, ControlCodec.decode(message));
            } catch (IOException e) {
              LOG.warn("A control message of {} is dropped: {}", from, e.getMessage());
            }
          });
    }
  }

  /** From the control-plane thread to whoever asks. */
  private final class Events implements NodeControl.Listener {
    @Override
    public void joined(ClusterMember joined) {
      member = joined;
    }

    @Override
    public void committed(RegisterValue value) {
      topologies.committed(value.topology());
    }

    @Override
    public void live(Set<NodeId> nodes) {
      live.changed(nodes);
    }
  }

  private void softChanged() {
    if (softWaiting.compareAndSet(false, true)) {
      thread.after(
          SOFT_GATHERING,
          () -> {
            softWaiting.set(false);
            control.publishSoft();
          });
    }
  }

  /** The disk failed: this node must say nothing more. */
  private void withdraw() {
    Thread.ofVirtual().name("withdraw").start(bus::close);
  }

  // The end.

  @Override
  public void leave() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    CountDownLatch released = new CountDownLatch(1);
    thread.execute(
        () -> {
          control.releaseLeases();
          released.countDown();
        });
    try {
      if (released.await(LEAVE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        bus.flush(LEAVE_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.stop();
    bus.leave();
    release();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      thread.stop();
      bus.close();
      release();
    }
  }

  private void release() {
    underWay.values().forEach(request -> request.cancel(false));
    try {
      storage.close();
    } catch (IOException e) {
      LOG.warn("The data folder's lock could not be given up", e);
    }
  }
}
