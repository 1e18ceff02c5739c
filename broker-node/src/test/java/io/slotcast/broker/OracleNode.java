package io.slotcast.broker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real redis-server that is a cluster of one node, owning all slots: what replies must equal. */
public final class OracleNode implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final Process server;
  private final int port;
  private final List<RespConnection> connections = new ArrayList<>();

  private OracleNode(Process server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Whether there is a redis-server on the path. */
  public static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
  }

  /** Runs in the folder, with further directives. */
  public static OracleNode start(Path folder, String... directives) {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = FreePorts.inARow(1);
      Process server = launch(folder, port, directives);
      // It ends at once if somebody took the port, or that of its bus.
      await().until(() -> !server.isAlive() || answers(port));
      if (server.isAlive()) {
        return ready(new OracleNode(server, port));
      }
    }
    throw new IllegalStateException("redis-server does not start, see " + folder);
  }

  private static Process launch(Path folder, int port, String... directives) {
    List<String> command = new ArrayList<>(List.of("redis-server"));
    command.addAll(List.of("--port", Integer.toString(port), "--cluster-enabled", "yes"));
    command.addAll(List.of("--save", "", "--bind", "127.0.0.1"));
    command.addAll(List.of(directives));
    try {
      return new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("redis.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(int port) {
    try (RespConnection connection = RespConnection.to(port)) {
      return !connection.call("PING").isEmpty();
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private static OracleNode ready(OracleNode node) {
    RespConnection connection = node.connect();
    if (connection.line("CLUSTER ADDSLOTSRANGE 0 16383").equals("+OK\r\n")) {
      await().until(() -> connection.text("CLUSTER", "INFO").contains("cluster_state:ok"));
    }
    return node;
  }

  public int port() {
    return port;
  }

  /** A new connection, closed with the server. */
  public RespConnection connect() {
    RespConnection connection = RespConnection.to(port);
    connections.add(connection);
    return connection;
  }

  @Override
  public void close() {
    connections.forEach(RespConnection::close);
    server.destroy();
  }
}
