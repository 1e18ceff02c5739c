package io.slotcast.testkit;

import io.slotcast.testkit.host.SystemCommand;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a cluster of processes runs. */
public enum ServerProgram {
  SLOTCAST {
    @Override
    List<String> command(ClusterPlan plan, int node, List<InetSocketAddress> addresses, Path dir) {
      List<String> command = slotcast();
      command.addAll(plan.arguments(node, addresses, dir.toString()));
      return command;
    }

    @Override
    public Optional<String> missing() {
      return Optional.empty();
    }

    @Override
    void form(ClusterPlan plan, List<InetSocketAddress> addresses) {
      // The nodes find each other.
    }
  },

  /** Slotcast with nodes that know nobody, which {@code redis-cli} makes a cluster. */
  SLOTCAST_BY_HAND {
    @Override
    List<String> command(ClusterPlan plan, int node, List<InetSocketAddress> addresses, Path dir) {
      InetSocketAddress address = addresses.get(node);
      List<String> command = slotcast();
      command.addAll(List.of("--bind", address.getAddress().getHostAddress()));
      command.addAll(List.of("--port", Integer.toString(address.getPort())));
      command.addAll(List.of("--cluster-enabled", "yes", "--dir", dir.toString()));
      command.addAll(plan.directives());
      return command;
    }

    @Override
    public Optional<String> missing() {
      return missingProgram("redis-cli");
    }

    @Override
    void form(ClusterPlan plan, List<InetSocketAddress> addresses) {
      create(plan, addresses);
    }
  },

  /** The {@code redis-server} of this machine, with the directives of the plan. */
  REDIS {
    @Override
    List<String> command(ClusterPlan plan, int node, List<InetSocketAddress> addresses, Path dir) {
      InetSocketAddress address = addresses.get(node);
      List<String> command = new ArrayList<>(List.of("redis-server"));
      command.addAll(List.of("--bind", address.getAddress().getHostAddress()));
      command.addAll(List.of("--port", Integer.toString(address.getPort())));
      command.addAll(List.of("--protected-mode", "no", "--cluster-enabled", "yes"));
      command.addAll(List.of("--save", "", "--dir", dir.toString()));
      command.addAll(plan.directives());
      return command;
    }

    @Override
    public Optional<String> missing() {
      return missingProgram("redis-server").or(() -> missingProgram("redis-cli"));
    }

    @Override
    void form(ClusterPlan plan, List<InetSocketAddress> addresses) {
      create(plan, addresses);
    }
  };

  private static List<String> slotcast() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms16m",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.slotcast.broker.cli.Main",
            "server"));
    return command;
  }

  private static Optional<String> missingProgram(String name) {
    try {
      SystemCommand.run(List.of(name, "--version"));
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void create(ClusterPlan plan, List<InetSocketAddress> addresses) {
    List<String> command = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
    addresses.forEach(
        node -> command.add(node.getAddress().getHostAddress() + ":" + node.getPort()));
    command.addAll(List.of("--cluster-replicas", Integer.toString(plan.replicas())));
    command.add("--cluster-yes");
    SystemCommand.run(command);
  }

  /** Why it cannot run here; empty if it can. */
  public abstract Optional<String> missing();

  /**
   * The command line of one node.
   *
   * @param dir its folder, which is there
   */
  abstract List<String> command(
      ClusterPlan plan, int node, List<InetSocketAddress> addresses, Path dir);

  /** Makes a cluster of nodes that listen. */
  abstract void form(ClusterPlan plan, List<InetSocketAddress> addresses);
}
