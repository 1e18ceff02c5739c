package io.slotcast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A cluster whose nodes are processes of their own, with data folders that end with it. */
public final class ClusterProcesses implements Cluster {
  private final ClusterPlan plan;
  private final Path folder;
  private final List<Integer> ports;
  private final List<ServerProcess> nodes = new ArrayList<>();

  private ClusterProcesses(ClusterPlan plan, Path folder, List<Integer> ports) {
    this.plan = plan;
    this.folder = folder;
    this.ports = ports;
  }

  /**
   * Starts the nodes and returns when the cluster serves.
   *
   * @throws IllegalStateException if it does not come up, with what the nodes printed; nothing is
   *     left running then
   */
  public static ClusterProcesses start(ClusterPlan plan) {
    ClusterProcesses cluster =
        new ClusterProcesses(plan, newFolder(), FreePorts.take(plan.nodes()));
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
    for (int port : ports) {
      Path log = folder.resolve(port + ".log");
      String data = folder.resolve(Integer.toString(port)).toString();
      nodes.add(ServerProcess.start(log, plan.arguments(port, ports, data)));
    }
  }

  /** Waits until all nodes serve and see each other. */
  public void awaitReady() {
    try {
      Readiness.await(ports, plan.password(), this::checkAlive);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster started", e);
    }
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

  @Override
  public List<Integer> ports() {
    return ports;
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
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
