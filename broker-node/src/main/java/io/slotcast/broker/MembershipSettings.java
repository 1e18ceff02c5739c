package io.slotcast.broker;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.SeedAddress;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.BindAddress;
import io.slotcast.membership.ClusterMembership;
import io.slotcast.membership.MembershipConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.FileSystemException;
import java.util.List;

/** What the directives mean for the node's place in its cluster. */
final class MembershipSettings {
  private static final String LOOPBACK = "127.0.0.1";

  private MembershipSettings() {}

  /** Takes the node's folder and its bus port, and looks for its cluster from then on. */
  static ClusterMembership start(ServerConfig config) throws StartupException {
    MembershipConfig settings = of(config);
    try {
      return ClusterMembership.start(settings);
    } catch (BindException e) {
      // JGroups does not say why.
      String host = settings.bus().getHostString();
      String why = isLocal(host) ? "Address already in use" : "this machine has no such address";
      throw new StartupException(
          "cannot listen on " + host + ":" + config.busPort() + " (bus): " + why, e);
    } catch (FileSystemException e) {
      throw StartupException.because("cannot use the data folder", e);
    } catch (IOException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  static MembershipConfig of(ServerConfig config) throws StartupException {
    List<SeedAddress> seeds = config.get(Directives.CLUSTER_SEEDS);
    String host = announcedHost(config, seeds);
    return new MembershipConfig(
        config.dataFolder().orElse(null),
        host,
        config.get(Directives.CLUSTER_ANNOUNCE_HOSTNAME),
        announced(config.get(Directives.CLUSTER_ANNOUNCE_PORT), config.get(Directives.PORT)),
        announced(
            config.get(Directives.CLUSTER_ANNOUNCE_TLS_PORT), config.get(Directives.TLS_PORT)),
        new InetSocketAddress(busHost(config, host), config.busPort()),
        announced(config.get(Directives.CLUSTER_ANNOUNCE_BUS_PORT), config.busPort()),
        config.get(Directives.AVAILABILITY_ZONE),
        seeds.stream().map(seed -> new InetSocketAddress(seed.host(), seed.busPort())).toList(),
        config.initialNodes(),
        config.get(Directives.CLUSTER_REPLICAS),
        config.isFormedByHand(),
        config.get(Directives.CLUSTER_SECRET),
        config.get(Directives.CLUSTER_NODE_TIMEOUT),
        config.get(Directives.CLUSTER_LEASE));
  }

  private static int announced(int told, int bound) {
    return told > 0 ? told : bound;
  }

  /**
   * What others are to call this node: as told, else the first address that it is bound to, else
   * the one by which this machine reaches its first seed.
   */
  private static String announcedHost(ServerConfig config, List<SeedAddress> seeds)
      throws StartupException {
    String told = config.get(Directives.CLUSTER_ANNOUNCE_IP);
    if (!told.isEmpty()) {
      return told;
    }
    for (BindAddress address : BindAddress.parse(config.get(Directives.BIND))) {
      if (!address.isWildcard()) {
        return address.host();
      }
    }
    return seeds.isEmpty() ? LOOPBACK : localAddressTowards(seeds.getFirst());
  }

  /** Asks the kernel's routing table: connecting a datagram socket sends nothing. */
  private static String localAddressTowards(SeedAddress seed) throws StartupException {
    try (DatagramSocket socket = new DatagramSocket()) {
      InetSocketAddress target = new InetSocketAddress(seed.host(), seed.port());
      if (target.isUnresolved()) {
        throw new StartupException("cluster-seeds: unknown host " + seed.host());
      }
      socket.connect(target);
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException e) {
      throw new StartupException(
          "no route to the seed " + seed + "; set cluster-announce-ip: " + e.getMessage(), e);
    }
  }

  /** The bus listens where clients are listened for; JGroups takes one address. */
  private static String busHost(ServerConfig config, String announcedHost) {
    List<BindAddress> bound = BindAddress.parse(config.get(Directives.BIND));
    for (BindAddress address : bound) {
      if (!address.isWildcard()) {
        return address.host();
      }
    }
    return isLocal(announcedHost) ? announcedHost : bound.getFirst().host();
  }

  private static boolean isLocal(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException unknown) {
      return false;
    }
  }
}
