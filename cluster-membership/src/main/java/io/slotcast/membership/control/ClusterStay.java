package io.slotcast.membership.control;

import io.slotcast.membership.MembershipConfig;
import io.slotcast.membership.bus.Bus;
import io.slotcast.membership.bus.BusConfig;
import io.slotcast.membership.bus.Delivery;
import io.slotcast.membership.bus.LinkFaults;
import io.slotcast.membership.control.ShardSuccession.Succession;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's time in one cluster, with its way into it: a thread, an end of the bus, and what they
 * drive. A node that moves to another cluster, or is reset, ends its stay and begins another on the
 * same memory, as a restarted process would. Methods are for any thread.
 */
final class ClusterStay {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterStay.class);
  private static final Duration LONGEST_HELLO_PERIOD = Duration.ofSeconds(1);
  private static final Duration LEAVE_PATIENCE = Duration.ofMillis(500);

  private final Node self;
  private final Parts parts;
  private final ControlThread thread;
  private final Bus bus;
  private final NodeControl control;
  private final AtomicLong views = new AtomicLong();

  /** Set once by the control-plane thread, when this node came into a cluster. */
  private volatile @Nullable ClusterMember member;

  /**
   * What lasts from one stay to the next.
   *
   * @param nodeTimeout after how long a silent node is thought dead; may change
   * @param departed told when this node has ended its stay by itself, on the stay's thread
   */
  record Parts(
      MembershipConfig config,
      LinkFaults faults,
      NodeMemory memory,
      SoftStates soft,
      Topologies topologies,
      LiveNodes live,
      Succession succession,
      Meeting meeting,
      Supplier<Duration> nodeTimeout,
      Runnable departed) {}

  ClusterStay(Parts parts) {
    this.parts = parts;
    MembershipConfig config = parts.config();
    NodeMemory memory = parts.memory();
    self = announced(config, memory);
    thread = new ControlThread("control-" + config.port(), this::withdraw);
    bus = new Bus(busConfig(parts, self), new BusEvents(), parts.faults());
    control =
        new NodeControl(
            new NodeControl.Settings(
                self,
                config.initialNodes(),
                config.replicasPerShard(),
                isAlone(config),
                config.byHand(),
                parts.nodeTimeout(),
                config.leaseLength()),
            memory,
            parts.soft(),
            thread,
            new SecureRandom(),
            parts.succession(),
            parts.meeting(),
            new BusWire(),
            new Events());
  }

  private static Node announced(MembershipConfig config, NodeMemory memory) {
    return new Node(
        memory.id(),
        config.announcedHost(),
        config.announcedHostname(),
        config.port(),
        config.tlsPort(),
        config.announcedBusPort(),
        config.zone(),
        memory.acceptor().incarnation());
  }

  private static boolean isAlone(MembershipConfig config) {
    return config.initialNodes() <= 1
        && config.seeds().stream().allMatch(seed -> seed.equals(config.bus()));
  }

  /** Others are found by the seeds, and by the addresses of those who were in the cluster last. */
  private static BusConfig busConfig(Parts parts, Node self) {
    MembershipConfig config = parts.config();
    NodeMemory memory = parts.memory();
    Set<InetSocketAddress> seeds = new LinkedHashSet<>(config.seeds());
    RegisterValue known = memory.acceptor().known();
    Transit transit = memory.transit();
    if (known != null) {
      List<Node> others = new ArrayList<>(known.topology().nodes());
      others.removeIf(node -> node.id().equals(self.id()));
      others.forEach(node -> seeds.add(Meeting.addressOf(node)));
    }
    if (transit != null) {
      seeds.add(transit.target());
    }
    return new BusConfig(
        config.announcedHost() + ":" + config.port(),
        config.bus(),
        new InetSocketAddress(config.announcedHost(), config.announcedBusPort()),
        List.copyOf(seeds),
        config.secret(),
        parts.nodeTimeout().get());
  }

  /**
   * Binds the bus port and looks for the cluster in the background.
   *
   * @throws java.net.BindException if the bus port cannot be had
   */
  void begin() throws IOException {
    parts.live().changed(Set.of(self.id()));
    // Before the first message can come, so that a node that is in a cluster never seems fresh.
    thread.execute(control::resume);
    bus.open();
    thread.execute(control::begin);
    greetRegularly();
  }

  private void greetRegularly() {
    Duration quarter = parts.nodeTimeout().get().dividedBy(4);
    thread.after(
        quarter.compareTo(LONGEST_HELLO_PERIOD) < 0 ? quarter : LONGEST_HELLO_PERIOD,
        () -> {
          greetRegularly();
          control.onHelloTimer();
        });
  }

  Node self() {
    return self;
  }

  ControlThread thread() {
    return thread;
  }

  NodeControl control() {
    return control;
  }

  Bus bus() {
    return bus;
  }

  @Nullable ClusterMember member() {
    return member;
  }

  boolean holds(int slot) {
    ClusterMember current = member;
    return current != null && current.holds(slot);
  }

  long views() {
    return views.get();
  }

  /** From JGroups' threads to the control-plane thread. */
  private final class BusEvents implements Bus.Listener {
    @Override
    public void view(List<Address> members, Address own) {
      views.incrementAndGet();
      thread.execute(() -> control.onView(members, own));
    }

    @Override
    public void received(Address from, byte[] message) {
      decode(from, message, decoded -> control.onMessage(from, decoded));
    }

    @Override
    public void noted(byte[] note) {
      decode("a node outside", note, control::onNote);
    }

    private void decode(Object from, byte[] message, Consumer<ControlMessage> taken) {
      thread.offer(
          () -> {
            try {
              taken.accept(ControlCodec.decode(message));
            } catch (IOException e) {
              LOG.warn("A control message of {} is dropped: {}", from, e.getMessage());
            }
          });
    }
  }

  private final class BusWire implements Post.Wire {
    @Override
    public void send(Address to, byte[] message, Delivery delivery) {
      bus.send(to, message, delivery);
    }

    @Override
    public void note(InetSocketAddress to, byte[] message) {
      bus.note(to, message);
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
      parts.topologies().committed(value.topology());
    }

    @Override
    public void live(Set<NodeId> nodes) {
      parts.live().changed(nodes);
    }

    @Override
    public void departed() {
      parts.departed().run();
    }
  }

  /** The disk failed: this node must say nothing more. */
  private void withdraw() {
    Thread.ofVirtual().name("withdraw").start(bus::close);
  }

  /** Gives up the leases, tells the others that this node goes, and ends. */
  void leave() {
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
  }

  /** After {@link NodeControl.Listener#departed}: what was to be said is said, then this ends. */
  void end() {
    bus.flush(LEAVE_PATIENCE);
    thread.stop();
    bus.leave();
  }

  /** As a crash would. */
  void close() {
    thread.stop();
    bus.close();
  }
}
