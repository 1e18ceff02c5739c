package io.slotcast.membership.bus;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/**
 * The JGroups protocols, bottom to top, and why each value is what it is. There is no flow control
 * (UFC, MFC): after a member is lost it can starve senders for good (JGroups issue 1048), and
 * messages here are few, small and bounded by the queues of {@link Bus}.
 */
final class BusStack {
  private BusStack() {}

  static List<Protocol> of(BusConfig config, SealedTcp transport) {
    return List.of(
        configured(transport, config),
        discovery(config),
        // Partitions are rare and a merge costs a view: 1 to 3 s is soon enough.
        new MERGE3().setMinInterval(1_000).setMaxInterval(3_000),
        new SilenceDetection(config.silence()),
        // A closed connection is a hint of death; the question whether it is one costs this long.
        new VERIFY_SUSPECT2().setTimeout(150),
        new NAKACK2().useMcastXmit(false).logDiscardMessages(false).setXmitInterval(500),
        new UNICAST3().setXmitInterval(500),
        new STABLE().setDesiredAverageGossip(50_000),
        membership(),
        new FRAG4());
  }

  private static SealedTcp configured(SealedTcp transport, BusConfig config) {
    transport
        .setBindAddress(config.bind().getAddress())
        .setBindPort(config.bind().getPort())
        .setPortRange(0)
        // Each sender writes for itself: one peer that cannot be reached does not hold up the rest.
        .setBundlerType("no-bundler")
        // A message that arrives would wake a poller, then a carrier, then often a second carrier:
        // with the few, small messages of an idle cluster that was half of its CPU.
        .useVirtualThreads(false);
    InetSocketAddress external = config.external();
    if (!external.equals(config.bind())) {
      transport.setExternalAddr(external.getAddress()).setExternalPort(external.getPort());
    }
    // A dead seed must not hold up the others, and a broken connection is the fastest sign of
    // death.
    transport.setSockConnTimeout(300).tcpNodelay(true).enableSuspectEvents(true).logDetails(false);
    transport.getThreadPool().setMaxThreads(64);
    return transport;
  }

  private static SeedDiscovery discovery(BusConfig config) {
    Set<InetSocketAddress> hosts = new LinkedHashSet<>(config.seeds());
    hosts.add(config.external());
    return new SeedDiscovery(hosts);
  }

  private static GMS membership() {
    GMS membership = new GMS();
    membership
        .printLocalAddress(false)
        // How long a start waits for others to show up before it makes a group of its own.
        .setJoinTimeout(400)
        .setMaxJoinAttempts(0)
        .setViewAckCollectionTimeout(1_000)
        .setLeaveTimeout(500)
        .setMergeTimeout(2_000)
        .setLogCollectMessages(false)
        .logViewWarnings(false);
    membership.setValue("all_clients_retry_timeout", 50);
    return membership;
  }
}
