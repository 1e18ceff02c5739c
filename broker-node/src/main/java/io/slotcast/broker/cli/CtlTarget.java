package io.slotcast.broker.cli;

import io.slotcast.broker.ctl.ClusterControl;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that all commands of ctl have. */
final class CtlTarget {
  static final String PASSWORD = "REDISCLI_AUTH";

  @Option(
      names = "--node",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7001",
      converter = NodeAddress.class,
      description = "Any node of the cluster (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private InetSocketAddress node;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long an order may take (default: ${DEFAULT-VALUE}).")
  private int seconds;

  /**
   * @param told hears what is being done
   */
  ClusterControl open(Consumer<String> told) {
    String password = System.getenv().getOrDefault(PASSWORD, "");
    return new ClusterControl(node, password, Duration.ofSeconds(seconds), told);
  }
}
