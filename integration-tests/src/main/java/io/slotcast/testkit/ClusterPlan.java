package io.slotcast.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * What a cluster is to be like.
 *
 * @param primaries which share the slots
 * @param replicas of each primary
 * @param directives for all nodes, as on a command line: {@code "--io-threads", "2"}
 */
public record ClusterPlan(int primaries, int replicas, List<String> directives) {
  public ClusterPlan {
    directives = List.copyOf(directives);
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
    List<String> all = new ArrayList<>(directives);
    all.add("--" + directive);
    all.addAll(List.of(values));
    return new ClusterPlan(primaries, replicas, all);
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

  /** The command line of the node with {@code port}, one of {@code ports}; it keeps {@code dir}. */
  List<String> arguments(int port, List<Integer> ports, String dir) {
    List<String> arguments =
        new ArrayList<>(List.of("--bind", "127.0.0.1", "--cluster-announce-ip", "127.0.0.1"));
    arguments.addAll(List.of("--port", Integer.toString(port)));
    if (directives.contains("--tls-cert-file")) {
      arguments.addAll(List.of("--tls-port", Integer.toString(tlsPort(port))));
    }
    arguments.addAll(List.of("--dir", dir));
    arguments.addAll(List.of("--cluster-initial-nodes", Integer.toString(nodes())));
    arguments.addAll(List.of("--cluster-replicas", Integer.toString(replicas)));
    if (ports.size() > 1) {
      arguments.add("--cluster-seeds");
      ports.forEach(seed -> arguments.add("127.0.0.1:" + seed));
    }
    arguments.addAll(directives);
    return arguments;
  }
}
