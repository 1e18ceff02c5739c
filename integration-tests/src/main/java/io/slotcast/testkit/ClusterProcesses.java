package io.slotcast.testkit;

import io.slotcast.testkit.host.LabNetwork;
import io.slotcast.testkit.host.PausableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster whose nodes are processes of their own, with data folders that outlive a node's restart
 * and end with the cluster.
 */
public final class ClusterProcesses implements Cluster {
  private final ServerProgram program;
  private final ClusterPlan plan;
  private final Path folder;
  private final List<InetSocketAddress> addresses;
  private final @Nullable LabNetwork network;
  private final List<ServerProcess> nodes = new ArrayList<>();

  /** One for each node, or none at all. */
  private final List<PausableClock> clocks = new ArrayList<>();

  private ClusterProcesses(
      ServerProgram program,
      ClusterPlan plan,
      Path folder,
      List<InetSocketAddress> addresses,
      @Nullable LabNetwork network) {
    this.program = program;
    this.plan = plan;
    this.folder = folder;
    this.addresses = addresses;
    this.network = network;
  }

  /**
   * Starts the nodes on 127.0.0.1 and returns when the cluster serves.
   *
   * @throws IllegalStateException if it does not come up, with what the nodes printed; nothing is
   *     left running then
   */
  public static ClusterProcesses start(ClusterPlan plan) {
    return start(ServerProgram.SLOTCAST, plan);
  }

  /** As {@link #start(ClusterPlan)}, of another program. */
  public static ClusterProcesses start(ServerProgram program, ClusterPlan plan) {
    return start(new ClusterProcesses(program, plan, newFolder(), onThisHost(plan), null));
  }

  private static List<InetSocketAddress> onThisHost(ClusterPlan plan) {
    return FreePorts.take(plan.nodes()).stream()
        .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .toList();
  }

  /**
   * As {@link #start}, but each node has a host of its own in a {@link #network()} that can be cut,
   * and a {@link #clock} that can be paused, as far as {@link LabNetwork#missing()} and {@link
   * PausableClock#missing()} do not object.
   */
  public static ClusterProcesses startApart(ServerProgram program, ClusterPlan plan) {
    ClusterProcesses cluster =
        LabNetwork.missing().isEmpty()
            ? onHosts(program, plan)
            : new ClusterProcesses(program, plan, newFolder(), onThisHost(plan), null);
    if (PausableClock.missing().isEmpty()) {
      cluster
          .ports()
          .forEach(
              port -> cluster.clocks.add(PausableClock.in(cluster.folder, Integer.toString(port))));
    }
    return start(cluster);
  }

  private static ClusterProcesses onHosts(ServerProgram program, ClusterPlan plan) {
    List<Integer> ports = FreePorts.take(plan.nodes());
    LabNetwork network = LabNetwork.of(plan.nodes());
    List<InetSocketAddress> addresses =
        IntStream.range(0, plan.nodes())
            .mapToObj(node -> new InetSocketAddress(network.address(node), ports.get(node)))
            .toList();
    return new ClusterProcesses(program, plan, newFolder(), addresses, network);
  }

  private static ClusterProcesses start(ClusterProcesses cluster) {
    try {
      cluster.launch();
      cluster.awaitReady();
    } catch (RuntimeException e) {
      String logs = cluster.logs();
      cluster.close();
      throw new IllegalStateException("the cluster did not start; its nodes printed\n" + logs, e);
    }
    return cluster;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("slotcast");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch() {
    for (int node = 0; node < plan.nodes(); node++) {
      List<String> command = new ArrayList<>(launcher(node));
      command.addAll(program.command(plan, node, addresses, newDir(node)));
      nodes.add(ServerProcess.start(folder.resolve(port(node) + ".log"), command));
    }
    try {
      Readiness.awaitListening(addresses, this::checkAlive);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    program.form(plan, addresses);
  }

  private Path newDir(int node) {
    try {
      return Files.createDirectories(dir(node));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> launcher(int node) {
    List<String> launcher = new ArrayList<>();
    if (network != null) {
      launcher.addAll(network.launcher(node));
    }
    if (!clocks.isEmpty()) {
      launcher.addAll(clocks.get(node).launcher());
    }
    return launcher;
  }

  /** Waits until all nodes serve and see each other. */
  public void awaitReady() {
    try {
      Readiness.await(addresses, plan.password(), this::checkAlive);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while the cluster started", e);
  }

  private void checkAlive() {
    for (int i = 0; i < nodes.size(); i++) {
      if (!nodes.get(i).isAlive()) {
        throw new IllegalStateException("node " + port(i) + " has ended");
      }
    }
  }

  public ServerProcess node(int node) {
    return nodes.get(node);
  }

  /** Where a node keeps what it keeps. */
  public Path dir(int node) {
    return folder.resolve(Integer.toString(port(node)));
  }

  /**
   * What is between the nodes.
   *
   * @throws IllegalStateException if they are all on this host
   */
  public LabNetwork network() {
    if (network == null) {
      throw new IllegalStateException("the nodes are on one host: nothing is between them");
    }
    return network;
  }

  /**
   * By what a node's process measures time.
   *
   * @throws IllegalStateException if that is the clock of all
   */
  public PausableClock clock(int node) {
    if (clocks.isEmpty()) {
      throw new IllegalStateException("the nodes have no clocks of their own");
    }
    return clocks.get(node);
  }

  @Override
  public List<Integer> ports() {
    return addresses.stream().map(InetSocketAddress::getPort).toList();
  }

  @Override
  public InetSocketAddress address(int node) {
    return addresses.get(node);
  }

  @Override
  public String logs() {
    StringBuilder logs = new StringBuilder();
    for (int i = 0; i < nodes.size(); i++) {
      logs.append("---- ").append(port(i)).append('\n').append(nodes.get(i).output());
    }
    return logs.toString();
  }

  @Override
  public void close() {
    nodes.forEach(ServerProcess::close);
    if (network != null) {
      network.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
