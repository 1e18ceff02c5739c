package io.slotcast.broker.cli;

import io.slotcast.broker.BrokerNode;
import io.slotcast.broker.config.ServerConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slotcast dev-cluster}: a whole cluster in one process, on 127.0.0.1. */
@Command(
    name = "dev-cluster",
    description = "Runs a whole cluster in one process, on 127.0.0.1.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    customSynopsis =
        "slotcast dev-cluster [--primaries N] [--replicas N] [--port P] [--dir DIR]"
            + " [--directive value...]...",
    footer = {
      "",
      "Any directive of docs/configuration.md that does not differ from node to node",
      "may be given as --directive value..., for all nodes:",
      "  slotcast dev-cluster --publish-routing interest"
    })
final class DevClusterCommand implements Callable<Integer> {
  @Option(
      names = "--primaries",
      paramLabel = "N",
      defaultValue = "3",
      description = "Primaries, which share the slots (default: ${DEFAULT-VALUE}).")
  private int primaries;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "Replicas of each primary (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "7001",
      description = "The first node's port; the others' follow (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Keeps the nodes' data, each under its port; without it nothing is kept.")
  private @Nullable Path dir;

  @Option(
      names = "--stop-when-ready",
      hidden = true,
      description = "Ends once clients were served: the launcher's run for its start-up cache.")
  private boolean stopWhenReady;

  @Parameters(hidden = true)
  private List<String> directives = List.of();

  @Spec
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var plan = new DevClusterPlan(primaries, replicas, port, dir, directives);
    List<ServerConfig> configs = plan.configs();
    Logs.start(configs.getFirst());
    configs.stream().skip(1).forEach(Logs::follow);
    try (Shutdown shutdown = Shutdown.onSignal()) {
      DevCluster cluster = DevCluster.start(configs);
      cluster.nodes().forEach(shutdown::closeAtEnd);
      cluster.awaitReady();
      PrintWriter out = spec.commandLine().getOut();
      out.println(readyLine(plan.ports(), DevCluster.uptime()));
      out.flush();
      if (stopWhenReady) {
        Rehearsal.of(plan.ports());
        cluster.nodes().forEach(BrokerNode::close);
        return ExitCode.OK;
      }
      cluster.awaitClosed();
    }
    return ExitCode.OK;
  }

  static String readyLine(List<Integer> ports, Duration took) {
    return String.format(
        Locale.ROOT,
        "ready on 127.0.0.1, ports %s, after %.1f s; try: redis-cli -c -p %d subscribe news,"
            + " and elsewhere: redis-cli -c -p %d publish news hello",
        String.join(" ", ports.stream().map(String::valueOf).toList()),
        took.toMillis() / 1000.0,
        ports.getFirst(),
        ports.getLast());
  }
}
