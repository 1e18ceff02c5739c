package io.slotcast.testkit;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a cluster is to be like.
 *
 * @param primaries which share the slots
 * @param replicas of each primary
 * @param directives for all nodes, as on a command line: {@code "--io-threads", "2"}
 * @param ofNodes more of them for single nodes, by their number
 */
public record ClusterPlan(
    int primaries, int replicas, List<String> directives, Map<Integer, List<String>> ofNodes) {
  public ClusterPlan {
    directives = List.copyOf(directives);
    ofNodes = Map.copyOf(ofNodes);
  }

  public ClusterPlan(int primaries, int replicas, List<String> directives) {
    this(primaries, replicas, directives, Map.of());
  }

  /** One node, which owns every slot. */
  public static ClusterPlan oneNode() {
    return new ClusterPlan(1, 0, List.of());
  }

  /** Three primaries, each with a replica: what most users run. */
  public static ClusterPlan sixNodes() {
    return new ClusterPlan(3, 1, List.of());
  }

  /** The same with one more directive, given without its dashes. */
  public ClusterPlan with(String directive, String... values) {
    return new ClusterPlan(primaries, replicas, append(directives, directive, values), ofNodes);
  }

  /** The same with one more directive for one node, which wins over that of all. */
  public ClusterPlan withNode(int node, String directive, String... values) {
    Map<Integer, List<String>> all = new HashMap<>(ofNodes);
    all.put(node, append(ofNodes.getOrDefault(node, List.of()), directive, values));
    return new ClusterPlan(primaries, replicas, directives, all);
  }

  private static List<String> append(List<String> directives, String directive, String... values) {
    List<String> all = new ArrayList<>(directives);
    all.add("--" + directive);
    all.addAll(List.of(values));
    return List.copyOf(all);
  }

  /** The same with a port for TLS at each node, see {@link #tlsPort}. */
  public ClusterPlan withTls(ServerCertificate certificate) {
    return with("tls-cert-file", certificate.certificate().toString())
        .with("tls-key-file", certificate.key().toString())
        .with("tls-auth-clients", "no");
  }

  /** Where the node with this client port speaks TLS, if the plan has it. */
  public static int tlsPort(int port) {
    return port + FreePorts.TLS_OFFSET;
  }

  public int nodes() {
    return primaries * (1 + replicas);
  }

  /** What clients authenticate with; empty for nothing. */
  public String password() {
    int at = directives.indexOf("--requirepass");
    return at < 0 ? "" : directives.get(at + 1);
  }

  /**
   * The command line of one node.
   *
   * @param addresses of all nodes, by their number
   * @param dir its folder
   */
  List<String> arguments(int node, List<InetSocketAddress> addresses, String dir) {
    InetSocketAddress address = addresses.get(node);
    int port = address.getPort();
    List<String> arguments =
        new ArrayList<>(List.of("--bind", host(address), "--cluster-announce-ip", host(address)));
    arguments.addAll(List.of("--port", Integer.toString(port)));
    if (directives.contains("--tls-cert-file")) {
      arguments.addAll(List.of("--tls-port", Integer.toString(tlsPort(port))));
    }
    arguments.addAll(List.of("--dir", dir));
    arguments.addAll(List.of("--cluster-initial-nodes", Integer.toString(nodes())));
    arguments.addAll(List.of("--cluster-replicas", Integer.toString(replicas)));
    if (addresses.size() > 1) {
      arguments.add("--cluster-seeds");
      addresses.forEach(seed -> arguments.add(host(seed) + ":" + seed.getPort()));
    }
    arguments.addAll(directives);
    arguments.addAll(ofNodes.getOrDefault(node, List.of()));
    return arguments;
  }

  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress();
  }
}
