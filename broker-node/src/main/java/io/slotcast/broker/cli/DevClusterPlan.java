package io.slotcast.broker.cli;

import io.slotcast.broker.StartupException;
import io.slotcast.broker.config.ConfigException;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a development cluster.
 *
 * @param primaries at least one
 * @param replicas of each primary
 * @param firstPort the nodes have this client port and those after it
 * @param folder each node's data folder is in it, named by its port; null to keep nothing
 * @param directives for all nodes, as on a command line
 */
record DevClusterPlan(
    int primaries, int replicas, int firstPort, @Nullable Path folder, List<String> directives) {
  private static final String HOST = "127.0.0.1";
  private static final int SECRET_BYTES = 32;

  /** Bus and admin ports lie above, the latter by 20000. */
  private static final int MAX_PORT = 45_535;

  /** Of these each node has its own value. */
  private static final Set<String> OF_EACH_NODE =
      Set.of(
          "--port",
          "--tls-port",
          "--dir",
          "--cluster-port",
          "--admin-port",
          "--cluster-seeds",
          "--cluster-initial-nodes",
          "--cluster-replicas");

  int nodes() {
    return primaries * (1 + replicas);
  }

  List<Integer> ports() {
    return IntStream.range(firstPort, firstPort + nodes()).boxed().toList();
  }

  /** One a node; nothing is started, but data folders are made. */
  List<ServerConfig> configs() throws ConfigException, StartupException {
    check();
    String secret = directives.contains("--requirepass") ? randomSecret() : "";
    var configs = new ArrayList<ServerConfig>();
    for (int port : ports()) {
      configs.add(config(port, secret));
    }
    return configs;
  }

  private void check() throws StartupException {
    if (primaries < 1 || replicas < 0 || nodes() > Directives.MAX_INITIAL_NODES) {
      throw new StartupException(
          "a cluster has at least one primary, and at most %d nodes in all"
              .formatted(Directives.MAX_INITIAL_NODES));
    }
    if (firstPort < 1 || firstPort + nodes() - 1 > MAX_PORT) {
      throw new StartupException(
          "--port: from 1 to %d, since admin ports are 20000 above"
              .formatted(MAX_PORT - nodes() + 1));
    }
    for (String word : directives) {
      if (OF_EACH_NODE.contains(word.toLowerCase(Locale.ROOT))) {
        throw new StartupException(word + " is set by dev-cluster, for each node");
      }
    }
  }

  private static String randomSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private ServerConfig config(int port, String secret) throws ConfigException, StartupException {
    var options = new ArrayList<String>();
    options.addAll(List.of("--bind", HOST, "--cluster-announce-ip", HOST));
    // With a password the nodes need a secret, which in one process nobody has to know.
    options.addAll(List.of("--cluster-secret", secret));
    options.addAll(directives);
    options.addAll(List.of("--port", Integer.toString(port)));
    options.addAll(List.of("--cluster-initial-nodes", Integer.toString(nodes())));
    options.addAll(List.of("--cluster-replicas", Integer.toString(replicas)));
    options.addAll(List.of("--dir", folderOf(port)));
    options.add("--cluster-seeds");
    ports().forEach(seed -> options.add(HOST + ":" + seed));
    return ServerConfig.load(null, options);
  }

  private String folderOf(int port) throws StartupException {
    if (folder == null) {
      return "";
    }
    Path own = folder.resolve(Integer.toString(port));
    try {
      return Files.createDirectories(own).toString();
    } catch (IOException e) {
      throw new StartupException(own + " cannot be made: " + e, e);
    }
  }
}
