package io.slotcast.it.oracle;

import static org.awaitility.Awaitility.await;

import io.slotcast.testkit.FreePorts;
import io.slotcast.testkit.RespConnection;
import io.slotcast.testkit.RespValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;

/** A {@code redis-server} of this machine that is a cluster of one node, owning every slot. */
final class RedisServer implements AutoCloseable {
  private static final String VERSION = "v=7.0.";

  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Why there is no oracle on this machine; empty where there is one. */
  static Optional<String> missing() {
    try {
      Process process = new ProcessBuilder("redis-server", "--version").start();
      String version =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return version.contains(VERSION)
          ? Optional.empty()
          : Optional.of("the oracle is Redis 7.0, and redis-server here is: " + version);
    } catch (IOException e) {
      return Optional.of("there is no redis-server on the path");
    }
  }

  static RedisServer start(Path folder, Map<String, String> directives) {
    int port = FreePorts.take(1).getFirst();
    ProcessBuilder builder =
        new ProcessBuilder(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--cluster-enabled",
            "yes",
            "--save",
            "",
            "--dir",
            folder.toString());
    Path log = folder.resolve("redis.log");
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    RedisServer server;
    try {
      server = new RedisServer(builder.start(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      server.form(directives);
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw new IllegalStateException("Redis did not start; it said: " + text(log), e);
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void form(Map<String, String> directives) {
    ThrowingRunnable connects = () -> RespConnection.open(port).close();
    await()
        .ignoreExceptionsMatching(e -> e.getCause() instanceof ConnectException)
        .untilAsserted(connects);
    try (RespConnection client = RespConnection.open(port)) {
      expectOk(client.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383"));
      await().until(() -> client.call("CLUSTER", "INFO").text().contains("cluster_state:ok"));
      directives.forEach((name, value) -> expectOk(client.call("CONFIG", "SET", name, value)));
    }
  }

  private static void expectOk(RespValue reply) {
    if (!reply.text().equals("OK")) {
      throw new IllegalStateException("Redis answered " + reply);
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
