package io.slotcast.it;

import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.testkit.Cluster;
import io.slotcast.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes of the machine's {@code redis-server}: three primaries with the slots as {@code
 * TestCluster} of three has them, or one with its replica, or three with one each.
 */
public final class RedisCluster implements Cluster {
  private static final String VERSION = "v=7.0.";
  private static final int[] BOUNDS = {0, 5461, 10923, 16384};
  private static final int[] BOUNDS_OF_ONE = {0, 16384};

  private final List<Integer> ports;
  private final List<Process> processes = new ArrayList<>();

  private RedisCluster(List<Integer> ports) {
    this.ports = List.copyOf(ports);
  }

  /** Whether the oracle can be had. */
  public static boolean isInstalled() {
    try {
      Process process = new ProcessBuilder("redis-server", "--version").start();
      String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return version.contains(VERSION);
    } catch (IOException notFound) {
      return false;
    }
  }

  public static RedisCluster start(Path folder) {
    return start(folder, BOUNDS, 0);
  }

  /** A primary and its replica, which follows. */
  public static RedisCluster startWithReplica(Path folder) {
    return start(folder, BOUNDS_OF_ONE, 1);
  }

  /** Three primaries, each with a replica, which follows. */
  public static RedisCluster startWithReplicas(Path folder) {
    return start(folder, BOUNDS, 3);
  }

  /** As {@code kill -9} does. */
  public void kill(int node) {
    processes.get(node).destroyForcibly();
  }

  private static RedisCluster start(Path folder, int[] bounds, int replicas) {
    RedisCluster cluster = new RedisCluster(FreePorts.take(bounds.length - 1 + replicas));
    try {
      for (int port : cluster.ports) {
        cluster.processes.add(startNode(port, folder));
      }
      cluster.form(bounds);
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static Process startNode(int port, Path folder) throws IOException {
    Path own = Files.createDirectories(folder.resolve("redis-" + port));
    List<String> command =
        List.of(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--cluster-enabled",
            "yes",
            "--cluster-node-timeout",
            "5000",
            "--save",
            "",
            "--dir",
            own.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(own.resolve("log").toFile())
        .start();
  }

  private void form(int[] bounds) {
    for (int node = 0; node < ports.size(); node++) {
      int number = node;
      await()
          .ignoreExceptions()
          .atMost(Duration.ofSeconds(10))
          .until(() -> callText(number, "PING").contains("PONG"));
    }
    for (int node = 0; node < bounds.length - 1; node++) {
      String first = Integer.toString(bounds[node]);
      String last = Integer.toString(bounds[node + 1] - 1);
      callText(node, "CLUSTER", "ADDSLOTSRANGE", first, last);
      callText(node, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(node + 1));
    }
    for (int port : ports) {
      callText(0, "CLUSTER", "MEET", "127.0.0.1", Integer.toString(port));
    }
    int primaries = bounds.length - 1;
    for (int node = primaries; node < ports.size(); node++) {
      follow(node, node - primaries);
    }
    for (int node = 0; node < ports.size(); node++) {
      int number = node;
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  callText(number, "CLUSTER", "INFO").contains("cluster_state:ok")
                      && callText(number, "CLUSTER", "NODES").lines().count() > ports.size());
    }
  }

  private void follow(int replica, int primary) {
    String id = callText(primary, "CLUSTER", "MYID").lines().skip(1).findFirst().orElseThrow();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> callText(replica, "CLUSTER", "REPLICATE", id).contains("OK"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> callText(primary, "INFO", "replication").contains("state=online"));
  }

  private String callText(int node, String... words) {
    try (RespConnection connection = connect(node)) {
      connection.send(words);
      return new String(connection.readRaw(), StandardCharsets.ISO_8859_1);
    }
  }

  @Override
  public List<Integer> ports() {
    return ports;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
