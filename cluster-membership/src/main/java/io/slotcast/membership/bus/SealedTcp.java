package io.slotcast.membership.bus;

import java.io.DataInput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jgroups.Address;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.protocols.TCP;
import org.jgroups.stack.DiagnosticsHandler;
import org.jgroups.stack.IpAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JGroups' TCP transport with every packet sealed: discovery, joins, heartbeats and our own
 * messages alike. What does not carry the seal goes no further than here.
 */
final class SealedTcp extends TCP {
  /** Far above any packet of ours; a longer one is a stranger's. */
  static final int MAX_PACKET = 8 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(SealedTcp.class);
  private static final long WARN_EVERY = Duration.ofSeconds(10).toNanos();

  /** Seconds. */
  private static final long JOINING_GRACE = 2;

  private final PacketSeal seal;
  private final LinkFaults faults;
  private final Consumer<byte[]> notes;
  private final CompletableFuture<Void> bound = new CompletableFuture<>();
  private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - WARN_EVERY);
  private volatile boolean severed;

  /**
   * @param notes takes the bodies of notes, on threads of JGroups
   */
  SealedTcp(PacketSeal seal, LinkFaults faults, Consumer<byte[]> notes) {
    this.seal = seal;
    this.faults = faults;
    this.notes = notes;
    setMaxLength(MAX_PACKET);
  }

  /** JGroups looks a protocol's id up by its class; this one answers to its parent's name. */
  @Override
  public String getName() {
    return "TCP";
  }

  /** Off: it would listen for multicast commands from anyone. */
  @Override
  public DiagnosticsHandler createDiagnosticsHandler() {
    return super.createDiagnosticsHandler().setEnabled(false);
  }

  /** Done once the port is bound; fails where it cannot be. */
  CompletableFuture<Void> bound() {
    return bound;
  }

  @Override
  public void start() throws Exception {
    try {
      super.start();
      bound.complete(null);
    } catch (Exception e) {
      bound.completeExceptionally(e);
      throw e;
    }
  }

  /**
   * From now on nothing is sent or taken in, and peers see broken connections, as after a crash.
   */
  void sever() {
    severed = true;
    if (srv != null) {
      // Not clearConnections: it forgets, without closing it, a connection that a peer has made
      // anew meanwhile. That peer would take it for a connection to this port's next owner.
      srv.forAllConnections((peer, connection) -> breakOff(connection));
    }
  }

  private static void breakOff(Connection connection) {
    try {
      connection.close(false);
    } catch (IOException e) {
      LOG.debug("closing {} failed", connection, e);
    }
  }

  @Override
  public void sendUnicast(PhysicalAddress dest, byte[] data, int offset, int length)
      throws Exception {
    if (!severed && !isCut(dest)) {
      byte[] packet = seal.seal(data, offset, length);
      super.sendUnicast(dest, packet, 0, packet.length);
    }
  }

  @Override
  public void receive(Address sender, DataInput in, int length) throws Exception {
    if (length < 0 || length > MAX_PACKET) {
      throw new IOException("a packet of " + length + " bytes");
    }
    byte[] packet = new byte[length];
    in.readFully(packet);
    receive(sender, packet, 0, length);
  }

  @Override
  public void receive(Address sender, byte[] data, int offset, int length) {
    if (severed || isCut(sender)) {
      return;
    }
    byte[] packet = data;
    if (offset != 0 || length != data.length) {
      packet = new byte[length];
      System.arraycopy(data, offset, packet, 0, length);
    }
    PacketSeal.Verdict verdict = seal.check(packet);
    if (verdict != PacketSeal.Verdict.GOOD) {
      refuse(sender, packet, verdict);
    } else if (PacketSeal.isNote(packet)) {
      notes.accept(Arrays.copyOfRange(packet, seal.headerLength(), packet.length));
    } else if (!PacketSeal.isRefusal(packet)) {
      int header = seal.headerLength();
      super.receive(sender, packet, header, packet.length - header);
    }
  }

  /**
   * Closes connections to nodes that are no members, but not before such as are about to join had
   * the time: JGroups would close theirs with each view that comes before the one that names them,
   * and their request to join be lost. By then the addresses of members that were unknown with the
   * view may be known: JGroups would forget their connections without closing them, and the other
   * side refuse every new one as a second connection.
   */
  @Override
  public void retainAll(Collection<Address> members) {
    timer.schedule(this::closeStrangers, JOINING_GRACE, TimeUnit.SECONDS);
  }

  private void closeStrangers() {
    Set<Address> known = new HashSet<>();
    for (Address member : members) {
      PhysicalAddress address = getPhysicalAddressFromCache(member);
      if (address != null) {
        known.add(address);
      }
    }
    srv.retainAll(known, null);
  }

  private boolean isCut(Address peer) {
    return peer instanceof IpAddress address
        && faults.cuts(new InetSocketAddress(address.getIpAddress(), address.getPort()));
  }

  private void refuse(Address sender, byte[] packet, PacketSeal.Verdict verdict) {
    long now = System.nanoTime();
    long last = lastWarning.get();
    if (now - last < WARN_EVERY || !lastWarning.compareAndSet(last, now)) {
      return;
    }
    LOG.warn(
        "Bus packets from {} are refused: {}",
        sender,
        switch (verdict) {
          case OTHER_SECRET -> "they are not sealed with this node's cluster-secret";
          case NO_SECRET -> "they are not sealed, and this node has a cluster-secret";
          case SECRET_HERE_MISSING -> "they are sealed, and this node has no cluster-secret";
          case MALFORMED, GOOD -> "they are malformed";
        });
    if (!PacketSeal.isRefusal(packet) && sender instanceof PhysicalAddress peer) {
      tellRefused(peer);
    }
  }

  /** So that the other side can say in its log what is wrong. */
  private void tellRefused(PhysicalAddress peer) {
    sendApart(peer, seal.refusal(), "refusal");
  }

  /**
   * Sends a note to whoever listens at an address, in this node's group or not; it may be lost.
   * Does not block.
   */
  void sendNote(PhysicalAddress to, byte[] body) {
    if (!severed && !isCut(to)) {
      sendApart(to, seal.note(body), "note");
    }
  }

  private void sendApart(PhysicalAddress to, byte[] packet, String name) {
    getThreadFactory()
        .newThread(
            () -> {
              try {
                super.sendUnicast(to, packet, 0, packet.length);
              } catch (Exception e) {
                LOG.debug("no {} can be sent to {}", name, to, e);
              }
            },
            name)
        .start();
  }
}
