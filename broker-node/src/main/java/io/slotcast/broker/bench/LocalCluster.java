package io.slotcast.broker.bench;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.config.NodePorts;
import io.slotcast.broker.config.SeedAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster that is started to be measured, one process a node, on 127.0.0.1. Its nodes keep
 * nothing; what they print goes to a folder that is gone with them. For one thread.
 */
public final class LocalCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LOOK_MILLIS = 50;

  /** Admin ports, the highest, lie above. */
  private static final int HIGHEST = 40_000;

  private final Path folder;
  private final List<Integer> ports;
  private final List<Process> processes = new ArrayList<>();

  private LocalCluster(Path folder, List<Integer> ports) {
    this.folder = folder;
    this.ports = ports;
  }

  /** What a local cluster is made of. */
  public enum Server {
    SLOTCAST,
    /** The {@code redis-server} of this machine. */
    REDIS,
    /** The {@code valkey-server} of this machine. */
    VALKEY;

    private List<String> command(int port, List<Integer> ports, int replicas, Path dir) {
      return switch (this) {
        case SLOTCAST -> slotcast(port, ports, replicas);
        case REDIS -> redis("redis-server", port, dir);
        case VALKEY -> redis("valkey-server", port, dir);
      };
    }

    private static List<String> redis(String program, int port, Path dir) {
      return List.of(
          program,
          "--bind",
          HOST,
          "--port",
          Integer.toString(port),
          "--cluster-enabled",
          "yes",
          "--save",
          "",
          "--dir",
          dir.toString());
    }

    /** With the options that this process was given. */
    private static List<String> slotcast(int port, List<Integer> ports, int replicas) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of("io.slotcast.broker.cli.Main", "server"));
      command.addAll(List.of("--bind", HOST, "--cluster-announce-ip", HOST));
      command.addAll(List.of("--port", Integer.toString(port), "--dir", ""));
      command.addAll(List.of("--cluster-initial-nodes", Integer.toString(ports.size())));
      command.addAll(List.of("--cluster-replicas", Integer.toString(replicas)));
      command.add("--cluster-seeds");
      ports.forEach(seed -> command.add(HOST + ":" + seed));
      return command;
    }

    private List<String> form(List<Integer> ports, int replicas) {
      List<String> command = new ArrayList<>();
      command.addAll(List.of(this == REDIS ? "redis-cli" : "valkey-cli", "--cluster", "create"));
      ports.forEach(port -> command.add(HOST + ":" + port));
      command.addAll(List.of("--cluster-replicas", Integer.toString(replicas), "--cluster-yes"));
      return command;
    }
  }

  /**
   * Starts a cluster and waits until it serves.
   *
   * @param nodes replicas included
   * @param replicas of each primary
   * @param firstPort where to look for free ports, from there upwards
   */
  public static LocalCluster start(Server server, int nodes, int replicas, int firstPort)
      throws BenchException, InterruptedException {
    try {
      LocalCluster cluster =
          new LocalCluster(
              Files.createTempDirectory("slotcast-bench"), freePorts(nodes, firstPort));
      try {
        cluster.launch(server, replicas);
        cluster.awaitReady();
      } catch (BenchException | InterruptedException | IOException e) {
        cluster.close();
        throw e;
      }
      return cluster;
    } catch (IOException e) {
      throw new BenchException("a local cluster could not be started: " + e.getMessage(), e);
    }
  }

  private static List<Integer> freePorts(int count, int first) throws BenchException {
    List<Integer> free =
        IntStream.range(first, HIGHEST)
            .filter(
                port ->
                    isFree(port)
                        && isFree(port + SeedAddress.BUS_OFFSET)
                        && isFree(port + NodePorts.ADMIN_OFFSET))
            .limit(count)
            .boxed()
            .toList();
    if (free.size() < count) {
      throw new BenchException("there are no " + count + " free ports from " + first + " upwards");
    }
    return free;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }

  private void launch(Server server, int replicas)
      throws IOException, BenchException, InterruptedException {
    for (int port : ports) {
      Path dir = Files.createDirectory(folder.resolve(Integer.toString(port)));
      processes.add(
          process(server.command(port, ports, replicas, dir), dir.resolve("output")).start());
    }
    if (server != Server.SLOTCAST) {
      for (int port : ports) {
        await(port, "PONG", "PING");
      }
      Path output = folder.resolve("form");
      if (process(server.form(ports, replicas), output).start().waitFor() != 0) {
        throw new BenchException("the cluster was not formed: " + Files.readString(output));
      }
    }
  }

  private static ProcessBuilder process(List<String> command, Path output) {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
  }

  private void awaitReady() throws BenchException, InterruptedException {
    for (int port : ports) {
      await(port, "cluster_known_nodes:" + ports.size(), "CLUSTER", "INFO");
      await(port, "cluster_state:ok", "CLUSTER", "INFO");
    }
  }

  private void await(int port, String wanted, String... question)
      throws BenchException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String said = "nothing";
    while (!said.contains(wanted)) {
      if (System.nanoTime() - deadline > 0 || !processes.stream().allMatch(Process::isAlive)) {
        throw new BenchException(
            "node %d was to say %s, and said %s".formatted(port, wanted, said.strip()));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      try (RespConnection connection = RespConnection.open(port)) {
        said = connection.call(question).text();
      } catch (UncheckedIOException e) {
        said = String.valueOf(e.getMessage());
      }
    }
  }

  /** Any of the nodes. */
  public InetSocketAddress seed() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.getFirst());
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Process process : processes) {
        process.onExit().join();
      }
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("what a local cluster has left stays in " + folder, e);
    }
  }
}
