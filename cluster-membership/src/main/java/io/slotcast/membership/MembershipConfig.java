package io.slotcast.membership;

import io.slotcast.membership.register.LeaseBounds;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told at its start.
 *
 * @param folder where identity and acceptor state are kept; null keeps them in memory only, so that
 *     the node is a new one at its next start
 * @param announcedHost the IP address that clients and peers are to use
 * @param announcedHostname the host name to announce; empty for none
 * @param port the announced plain client port; 0 if there is none
 * @param tlsPort the announced TLS client port; 0 if there is none
 * @param bus where the JGroups channel listens
 * @param announcedBusPort the bus port that others connect to
 * @param zone the availability zone; empty for none
 * @param seeds bus addresses of nodes to find the cluster by; empty for a cluster of one
 * @param initialNodes a fresh cluster forms when so many fresh nodes have found each other
 * @param replicasPerShard how many replicas each primary gets when the cluster forms
 * @param byHand whether a fresh node is a cluster of its own that owns nothing, to be joined with
 *     others by {@link ClusterMembership#meet}, whatever {@code seeds} and {@code initialNodes} say
 * @param secret shared by all nodes; empty leaves the bus unauthenticated
 * @param nodeTimeout {@code cluster-node-timeout}: a silent node is thought dead after this
 * @param leaseLength how long a lease runs unless renewed; at most 5 s
 */
public record MembershipConfig(
    @Nullable Path folder,
    String announcedHost,
    String announcedHostname,
    int port,
    int tlsPort,
    InetSocketAddress bus,
    int announcedBusPort,
    String zone,
    List<InetSocketAddress> seeds,
    int initialNodes,
    int replicasPerShard,
    boolean byHand,
    String secret,
    Duration nodeTimeout,
    Duration leaseLength) {
  private static final Duration LONGEST_LEASE = Duration.ofNanos(LeaseBounds.MAX_NANOS);

  /**
   * @throws IllegalArgumentException if a count or a duration is out of its range
   */
  public MembershipConfig {
    seeds = List.copyOf(seeds);
    require(initialNodes >= 1, "a cluster begins with a node at least: " + initialNodes);
    require(replicasPerShard >= 0, "replicas cannot be fewer than none: " + replicasPerShard);
    require(nodeTimeout.isPositive(), "a node timeout is positive: " + nodeTimeout);
    require(
        leaseLength.isPositive() && leaseLength.compareTo(LONGEST_LEASE) <= 0,
        "a lease is positive and at most " + LONGEST_LEASE + ": " + leaseLength);
  }

  private static void require(boolean met, String otherwise) {
    if (!met) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Never shows the secret. */
  @Override
  public String toString() {
    return "MembershipConfig["
        + announcedHost
        + ":"
        + port
        + ", bus="
        + bus
        + ", seeds="
        + seeds
        + "]";
  }
}
