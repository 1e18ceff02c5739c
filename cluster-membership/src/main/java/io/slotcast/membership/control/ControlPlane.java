package io.slotcast.membership.control;

import io.slotcast.membership.ClusterMembership;
import io.slotcast.membership.MembershipConfig;
import io.slotcast.membership.MembershipStatistics;
import io.slotcast.membership.SoftState;
import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyStore;
import io.slotcast.membership.bus.LinkFaults;
import io.slotcast.membership.control.ShardSuccession.Succession;
import io.slotcast.membership.failover.FailoverPolicy;
import io.slotcast.membership.failover.ReplicaStream;
import io.slotcast.membership.folder.MemoryStorage;
import io.slotcast.membership.folder.NodeFolder;
import io.slotcast.membership.folder.NodeStorage;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's control plane: what lasts while the node may go from one {@link ClusterStay} to the
 * next. Methods are for any thread; they hand over to the control-plane thread or read what it
 * published.
 */
public final class ControlPlane implements ClusterMembership {
  private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);
  private static final Duration REBIND_PAUSE = Duration.ofSeconds(1);
  private static final Duration SOFT_GATHERING = Duration.ofMillis(50);

  private final NodeStorage storage;
  private final SoftStates soft;
  private final Topologies topologies = new Topologies();
  private final LiveNodes live = new LiveNodes();
  private final Succession succession = new Succession();
  private final ClusterStay.Parts parts;
  private final AtomicBoolean softWaiting = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What somebody may wait for, by number. */
  private final ConcurrentMap<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

  private final AtomicLong requests = new AtomicLong();

  /** Held while one stay follows another, and while the last one ends. */
  private final ReentrantLock changing = new ReentrantLock();

  /** Replaced under {@code changing}. */
  private volatile ClusterStay stay;

  /** Replaced under {@code changing}. */
  private volatile Duration nodeTimeout;

  /** Completed when the next stay has begun. Guarded by {@code changing}. */
  private final List<CompletableFuture<Void>> awaitingStay = new ArrayList<>();

  private ControlPlane(MembershipConfig config, LinkFaults faults, NodeStorage storage)
      throws IOException {
    this.storage = storage;
    NodeMemory memory = NodeMemory.begin(storage);
    soft = new SoftStates(memory.id(), memory.acceptor().incarnation(), this::softChanged);
    parts =
        new ClusterStay.Parts(
            config,
            faults,
            memory,
            soft,
            topologies,
            live,
            succession,
            new Meeting(),
            () -> nodeTimeout,
            this::departed);
    nodeTimeout = config.nodeTimeout();
    stay = new ClusterStay(parts);
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
      plane.stay.begin();
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

  @Override
  public void nodeTimeout(Duration silence) {
    changing.lock();
    try {
      nodeTimeout = silence;
      stay.bus().silence(silence);
    } finally {
      changing.unlock();
    }
  }

  // Going from one cluster to another.

  @Override
  public void meet(InetSocketAddress bus) {
    ClusterStay current = stay;
    current.thread().execute(() -> current.control().meet(bus));
  }

  @Override
  public CompletionStage<Void> reset(boolean hard) {
    CompletableFuture<Void> done = request();
    changing.lock();
    try {
      awaitingStay.add(done);
      ClusterStay current = stay;
      NodeId name = hard ? NodeId.random(new SecureRandom()) : current.self().id();
      current.thread().execute(() -> current.control().reset(name));
    } finally {
      changing.unlock();
    }
    return done;
  }

  /** The thread of the stay that ended must not wait for it to be gone. */
  private void departed() {
    Thread.ofVirtual().name("next-stay-" + parts.config().port()).start(this::nextStay);
  }

  private void nextStay() {
    changing.lock();
    try {
      if (closed.get()) {
        return;
      }
      stay.end();
      soft.begin(parts.memory().id(), parts.memory().acceptor().incarnation());
      softWaiting.set(false);
      stay = new ClusterStay(parts);
      while (!isBegun(stay)) {
        TimeUnit.NANOSECONDS.sleep(REBIND_PAUSE.toNanos());
        stay = new ClusterStay(parts);
      }
      awaitingStay.forEach(waiting -> waiting.complete(null));
      awaitingStay.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      changing.unlock();
    }
  }

  /** The bus port was free a moment ago, and will be again. */
  private boolean isBegun(ClusterStay next) {
    try {
      next.begin();
      return true;
    } catch (IOException e) {
      if (closed.get()) {
        return true;
      }
      LOG.warn("The bus port cannot be had again yet: {}", e.getMessage());
      next.close();
      return false;
    }
  }

  /** Several publications within a short while travel as one. */
  private void softChanged() {
    if (softWaiting.compareAndSet(false, true)) {
      ClusterStay current = stay;
      current
          .thread()
          .after(
              SOFT_GATHERING,
              () -> {
                softWaiting.set(false);
                current.control().publishSoft();
              });
    }
  }

  // What others see.

  @Override
  public Node self() {
    return stay.self();
  }

  @Override
  public TopologyStore topology() {
    return new Store();
  }

  @Override
  public ServingRight servingRight() {
    return slot -> stay.holds(slot);
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
    ClusterStay current = stay;
    current.thread().execute(() -> current.control().requestFailover(forced));
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
    ClusterStay currentStay = stay;
    ClusterMember current = currentStay.member();
    ClusterMember.Counters counters =
        current == null ? ClusterMember.Counters.NONE : current.counters();
    return new MembershipStatistics(
        currentStay.views(),
        topologies.current().epoch(),
        counters.voters(),
        counters.isVoter(),
        counters.roundsCommitted(),
        counters.roundsFailed(),
        counters.roundNanos(),
        isServingAll(current),
        counters.renewals(),
        counters.lapses(),
        currentStay.bus().sent(),
        currentStay.bus().received());
  }

  /**
   * By the newest topology and the leases of this moment: what a command would find. Slots that are
   * handed over are nobody's lapse: another node is about to serve them.
   */
  private boolean isServingAll(@Nullable ClusterMember current) {
    SlotSet mine = topologies.current().slotsOf(self().id());
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
    ClusterStay current = stay;
    current
        .thread()
        .execute(
            () -> {
              try {
                current.control().stopServing(slots);
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
    ClusterStay current = stay;
    current
        .thread()
        .execute(
            () -> {
              current.control().serveAgain(slots);
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
      ClusterStay currentStay = stay;
      currentStay
          .thread()
          .execute(
              () ->
                  currentStay
                      .control()
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

  // The end.

  @Override
  public void leave() {
    if (closed.compareAndSet(false, true)) {
      changing.lock();
      try {
        stay.leave();
      } finally {
        changing.unlock();
      }
      release();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      changing.lock();
      try {
        stay.close();
      } finally {
        changing.unlock();
      }
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
