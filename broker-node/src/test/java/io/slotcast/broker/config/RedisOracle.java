package io.slotcast.broker.config;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real redis-server on a Unix socket, asked by redis-cli. */
final class RedisOracle implements AutoCloseable {
  private final Process server;
  private final Path socket;

  private RedisOracle(Process server, Path socket) {
    this.server = server;
    this.socket = socket;
  }

  static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
  }

  /** Runs in the folder, with further arguments ahead of those for the socket. */
  static RedisOracle start(Path folder, String... arguments) throws IOException {
    Path socket = folder.resolve("redis.sock");
    var command = new ArrayList<>(List.of("redis-server"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--port", "0", "--unixsocket", socket.toString()));
    Process server =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    var oracle = new RedisOracle(server, socket);
    await().until(() -> oracle.ask("ping").equals(List.of("PONG")));
    return oracle;
  }

  /** The reply, a line for each element. */
  List<String> ask(String... command) throws IOException {
    var words = new ArrayList<>(List.of("redis-cli", "-s", socket.toString()));
    words.addAll(List.of(command));
    Process cli = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = output.lines().toList();
    boolean isError = !lines.isEmpty() && lines.getFirst().startsWith("ERR");
    return isError ? lines.subList(0, 1) : lines;
  }

  @Override
  public void close() {
    server.destroy();
  }
}
