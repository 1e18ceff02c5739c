package io.slotcast.membership.bus;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jgroups.Address;
import org.jgroups.ChannelListener;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.MessageBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's end of the bus: a JGroups channel that is built anew when it was closed under us, and
 * a bounded queue for each other member. Safe from any thread; nothing blocks but {@link #open()},
 * {@link #leave()} and {@link #close()}.
 */
public final class Bus implements AutoCloseable {
  /** Told what happens, on threads of JGroups: an implementation only enqueues. */
  public interface Listener {
    /**
     * @param members the channel's members by rank, those of other clusters among them
     * @param self this node's own address among them
     */
    void view(List<Address> members, Address self);

    void received(Address from, byte[] message);

    /** What {@link Bus#note} of a node sent here, of this node's group or not. */
    void noted(byte[] note);
  }

  /** All Slotcast nodes share one group; clusters are told apart by what the messages carry. */
  private static final String GROUP = "slotcast";

  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private static final Duration REBUILD_PAUSE = Duration.ofSeconds(1);

  static {
    JGroupsLog.install();
  }

  /** Replaced under {@code lock}. */
  private volatile BusConfig config;

  private final PacketSeal seal;
  private final Listener listener;
  private final LinkFaults faults;
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Object lock = new Object();

  /** Guarded by {@code lock}, as are those below. */
  private final Map<Address, PeerQueue> queues = new HashMap<>();

  private @Nullable JChannel channel;
  private @Nullable SealedTcp transport;
  private @Nullable Thread keeper;
  private boolean closing;

  public Bus(BusConfig config, Listener listener, LinkFaults faults) {
    this.config = config;
    this.seal = new PacketSeal(config.secret());
    this.listener = listener;
    this.faults = faults;
  }

  /**
   * Binds the port, then goes on looking for other nodes in the background.
   *
   * @throws BindException if the port cannot be had
   */
  public void open() throws BindException {
    SealedTcp first = new SealedTcp(seal, faults, listener::noted);
    Thread thread =
        Thread.ofVirtual().name("bus-" + config.name()).unstarted(() -> keepConnected(first));
    synchronized (lock) {
      keeper = thread;
    }
    thread.start();
    try {
      first.bound().join();
    } catch (CompletionException e) {
      close();
      if (!(e.getCause() instanceof SocketException)) {
        throw e;
      }
      BindException refused =
          new BindException("cannot listen on the bus address " + config.bind());
      refused.initCause(e);
      throw refused;
    }
  }

  private void keepConnected(SealedTcp first) {
    SealedTcp next = first;
    try {
      while (!isClosing()) {
        CountDownLatch closed = new CountDownLatch(1);
        if (connect(next, closed)) {
          closed.await();
        }
        if (!first.bound().isDone() || first.bound().isCompletedExceptionally()) {
          return;
        }
        if (!isClosing()) {
          LOG.warn("The bus channel of {} closed; it is opened again", config.name());
          TimeUnit.NANOSECONDS.sleep(REBUILD_PAUSE.toNanos());
          next = new SealedTcp(seal, faults, listener::noted);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the bus of {} is closed", config.name());
    }
  }

  private boolean connect(SealedTcp next, CountDownLatch closed) {
    try {
      JChannel built = new JChannel(BusStack.of(config, next));
      built.setName(config.name());
      built.setReceiver(new ChannelReceiver(built));
      built.addChannelListener(new ClosedListener(closed));
      synchronized (lock) {
        if (closing) {
          built.close();
          return false;
        }
        channel = built;
        transport = next;
      }
      built.connect(GROUP);
      return true;
    } catch (Exception e) {
      next.bound().completeExceptionally(e);
      LOG.debug("the bus channel of {} does not connect", config.name(), e);
      return false;
    }
  }

  private boolean isClosing() {
    synchronized (lock) {
      return closing;
    }
  }

  /** After how long a member that sends nothing is suspected, from now on. */
  public void silence(Duration silence) {
    JChannel open;
    synchronized (lock) {
      config = config.withSilence(silence);
      open = channel;
    }
    if (open != null) {
      SilenceDetection detection = open.getProtocolStack().findProtocol(SilenceDetection.class);
      detection.change(silence);
    }
  }

  /**
   * Sends a few bytes to whichever node has a bus address, even one outside this node's group. They
   * may be lost, or come twice.
   */
  public void note(InetSocketAddress to, byte[] note) {
    SealedTcp current;
    synchronized (lock) {
      current = transport;
    }
    if (current != null) {
      current.sendNote(new IpAddress(to.getAddress(), to.getPort()), note);
    }
  }

  /** Queues a message for a member; drops it if that is none or has too much waiting. */
  public void send(Address to, byte[] message, Delivery delivery) {
    synchronized (lock) {
      PeerQueue queue = queues.get(to);
      if (queue != null) {
        queue.offer(message, delivery);
        sent.increment();
      }
    }
  }

  private void retain(JChannel of, List<Address> members) {
    synchronized (lock) {
      if (!of.equals(channel) || closing) {
        return;
      }
      Set<Address> gone = new HashSet<>(queues.keySet());
      gone.removeAll(members);
      gone.forEach(address -> Objects.requireNonNull(queues.remove(address)).close());
      for (Address member : members) {
        if (!member.equals(of.getAddress())) {
          queues.computeIfAbsent(member, peer -> new PeerQueue(of, peer, dropped));
        }
      }
    }
  }

  /** Waits until what is queued was handed to JGroups, but not longer than {@code patience}. */
  public void flush(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    List<PeerQueue> all;
    synchronized (lock) {
      all = List.copyOf(queues.values());
    }
    try {
      for (PeerQueue queue : all) {
        queue.awaitEmpty(deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the channel as JGroups itself might; it is to be built anew. */
  void loseChannel() {
    JChannel open;
    synchronized (lock) {
      open = channel;
    }
    if (open != null) {
      open.close();
    }
  }

  /** Messages handed to {@link #send}. */
  public long sent() {
    return sent.sum();
  }

  /** Messages handed to the listener. */
  public long received() {
    return received.sum();
  }

  /** Messages that found their queue full. */
  public long dropped() {
    return dropped.sum();
  }

  /** Tells the group that this node goes, and closes. */
  public void leave() {
    close(false);
  }

  /** As a crash would, but returns with every thread and port released. */
  @Override
  public void close() {
    close(true);
  }

  private void close(boolean abrupt) {
    JChannel open;
    Thread thread;
    synchronized (lock) {
      if (closing) {
        return;
      }
      closing = true;
      open = channel;
      thread = keeper;
      queues.values().forEach(PeerQueue::close);
      queues.clear();
      if (abrupt && transport != null) {
        transport.sever();
      }
    }
    if (open != null) {
      GMS membership = open.getProtocolStack().findProtocol(GMS.class);
      membership.setMaxJoinAttempts(1);
      if (abrupt) {
        membership.setLeaveTimeout(1);
      }
      open.close();
    }
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Hands up what the channel delivers. */
  private final class ChannelReceiver implements Receiver {
    private final JChannel of;

    ChannelReceiver(JChannel of) {
      this.of = of;
    }

    @Override
    public void viewAccepted(View view) {
      retain(of, view.getMembers());
      listener.view(view.getMembers(), of.getAddress());
    }

    @Override
    public void receive(Message message) {
      received.increment();
      byte[] copy = new byte[message.getLength()];
      System.arraycopy(message.getArray(), message.getOffset(), copy, 0, copy.length);
      listener.received(message.getSrc(), copy);
    }

    @Override
    public void receive(MessageBatch batch) {
      batch.forEach(this::receive);
    }
  }

  private record ClosedListener(CountDownLatch closed) implements ChannelListener {
    @Override
    public void channelClosed(JChannel channel) {
      closed.countDown();
    }
  }
}
