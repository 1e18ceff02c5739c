package io.slotcast.it.oracle;

import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;

/** A real Redis 7.0 that is a cluster of one node, owning every slot. */
sealed interface RedisServer extends AutoCloseable permits RedisProcess, RedisContainer {
  /** On 127.0.0.1. */
  int port();

  /** What it printed, should it not work. */
  String log();

  @Override
  void close();

  /** Why there is no Redis to be had on this machine; empty where there is one. */
  static Optional<String> missing() {
    Optional<String> noProcess = RedisProcess.missing();
    return noProcess.isPresent() && RedisContainer.missing().isEmpty()
        ? Optional.empty()
        : noProcess;
  }

  /**
   * Starts this machine's {@code redis-server}, or a container where there is none.
   *
   * @param folder empty, for what it may write
   */
  static RedisServer start(Path folder, Map<String, String> directives) {
    RedisServer server =
        RedisProcess.missing().isEmpty() ? RedisProcess.start(folder) : RedisContainer.start();
    try {
      form(server.port(), directives);
      return server;
    } catch (RuntimeException | Error e) {
      String log = server.log();
      server.close();
      throw new IllegalStateException("Redis did not start; it said: " + log, e);
    }
  }

  private static void form(int port, Map<String, String> directives) {
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
}
