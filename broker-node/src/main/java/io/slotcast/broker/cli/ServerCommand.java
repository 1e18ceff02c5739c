package io.slotcast.broker.cli;

import io.slotcast.broker.BrokerNode;
import io.slotcast.broker.config.ServerConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code slotcast server [CONFIG] [--directive value…]}. */
@Command(
    name = "server",
    description = "Runs one node in the foreground.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    customSynopsis = "slotcast server [CONFIG] [--directive value...]...",
    footer = {
      "",
      "CONFIG is in the syntax of redis.conf. Any directive of docs/configuration.md",
      "may also be given as --directive value..., which wins over the file:",
      "  slotcast server --port 7001 --cluster-seeds 10.0.0.1:7001 10.0.0.2:7001"
    })
final class ServerCommand implements Callable<Integer> {
  @Parameters(hidden = true)
  private List<String> arguments = List.of();

  @Override
  public Integer call() throws Exception {
    boolean hasFile = !arguments.isEmpty() && !arguments.getFirst().startsWith("--");
    ServerConfig config =
        ServerConfig.load(
            hasFile ? Path.of(arguments.getFirst()) : null,
            hasFile ? arguments.subList(1, arguments.size()) : arguments);
    Logs.start(config);
    warnOfDirectivesWithoutEffect(config);
    try (Shutdown shutdown = Shutdown.onSignal()) {
      PortCheck.check(config);
      BrokerNode node = BrokerNode.start(config);
      shutdown.closeAtEnd(node);
      node.closed().toCompletableFuture().join();
      return node.hasFailed() ? ExitCode.FAILED : ExitCode.OK;
    }
  }

  private static void warnOfDirectivesWithoutEffect(ServerConfig config) {
    if (!config.givenWithoutEffect().isEmpty()) {
      Logger log = LoggerFactory.getLogger(ServerCommand.class);
      log.warn(
          "Kept for tools, without effect: {}", String.join(", ", config.givenWithoutEffect()));
    }
  }
}
