package io.slotcast.broker.cli;

import io.slotcast.broker.bench.BenchException;
import io.slotcast.broker.bench.FanoutBench;
import io.slotcast.broker.bench.FanoutCell;
import io.slotcast.broker.bench.FanoutMatrix;
import io.slotcast.broker.bench.FanoutMode;
import io.slotcast.broker.bench.FanoutReport;
import io.slotcast.broker.bench.FanoutResult;
import io.slotcast.broker.bench.FanoutTable;
import io.slotcast.broker.bench.LocalCluster;
import io.slotcast.broker.bench.Placement;
import io.slotcast.broker.bench.TargetCluster;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slotcast bench fanout}: what a message to many subscribers costs. */
@Command(
    name = "fanout",
    description = "Measures what a message to many subscribers costs, cell by cell of a matrix.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Lists are separated by commas. The nodes' password is taken from REDISCLI_AUTH.",
      "Ctrl-C ends the run and keeps what is done.",
      "  slotcast bench fanout --local 3,6 --out fanout",
      "  slotcast bench fanout --cluster 10.0.0.1:7001 --mode sharded --rate 1000,10000"
    })
final class BenchFanoutCommand implements Callable<Integer> {
  private static final int FIRST_PORT = 17_101;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private Target target;

  /** What is measured. */
  static final class Target {
    @Option(
        names = "--cluster",
        paramLabel = "HOST:PORT",
        converter = NodeAddress.class,
        description = "Any node of the cluster to measure.")
    private @Nullable InetSocketAddress cluster;

    @Option(
        names = "--local",
        paramLabel = "NODES",
        split = ",",
        description = "Starts clusters of so many nodes, a process each, and measures those.")
    private List<Integer> local = List.of();
  }

  @Option(
      names = "--server",
      paramLabel = "SERVER",
      split = ",",
      defaultValue = "slotcast",
      description = "What --local starts: slotcast, redis, valkey (default: ${DEFAULT-VALUE}).")
  private List<LocalCluster.Server> servers = List.of();

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "0",
      description = "Replicas of each primary that --local starts (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      split = ",",
      defaultValue = "broadcast,interest,sharded",
      description = "How messages are sent (default: ${DEFAULT-VALUE}).")
  private List<FanoutMode> modes = List.of();

  @Option(
      names = "--placement",
      paramLabel = "WHERE",
      split = ",",
      defaultValue = "spread",
      description =
          "Whether a classic channel's subscribers are spread over the primaries or together on"
              + " one (default: ${DEFAULT-VALUE}).")
  private List<Placement> placements = List.of();

  @Option(
      names = "--channels",
      paramLabel = "N",
      split = ",",
      defaultValue = "16",
      description = "Channels (default: ${DEFAULT-VALUE}).")
  private List<Integer> channels = List.of();

  @Option(
      names = "--subscribers",
      paramLabel = "N",
      split = ",",
      defaultValue = "4",
      description = "Subscribers of each channel (default: ${DEFAULT-VALUE}).")
  private List<Integer> subscribers = List.of();

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      split = ",",
      defaultValue = "64",
      description = "Size of a message, at least 8 (default: ${DEFAULT-VALUE}).")
  private List<Integer> payloads = List.of();

  @Option(
      names = "--rate",
      paramLabel = "N",
      split = ",",
      defaultValue = "0",
      description =
          "Messages a second in all; 0: the next waits for replies (default: ${DEFAULT-VALUE}).")
  private List<Long> rates = List.of();

  @Option(
      names = "--publishers",
      paramLabel = "N",
      defaultValue = "8",
      description = "Connections that publish (default: ${DEFAULT-VALUE}).")
  private int publishers;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      defaultValue = "16",
      description = "Messages that each has under way at rate 0 (default: ${DEFAULT-VALUE}).")
  private int pipeline;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Before each cell, not measured (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "For each cell (default: ${DEFAULT-VALUE}).")
  private double duration;

  @Option(
      names = "--quick",
      description = "A second to warm up and one for each cell: for a first look.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Writes report.html, results.json and results.csv there.")
  private @Nullable Path folder;

  @Spec
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private CommandSpec spec;

  private final List<FanoutResult> results = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    check();
    Instant began = Instant.now();
    try (Interruption interruption = Interruption.onSignal()) {
      FanoutBench bench =
          new FanoutBench(
              seconds(quick ? 1 : warmUp), seconds(quick ? 1 : duration), interruption::isWanted);
      try {
        measureAll(bench, interruption);
      } finally {
        report(began);
      }
    }
    return ExitCode.OK;
  }

  private void check() throws BenchException {
    atLeast("--channels", 1, channels);
    atLeast("--subscribers", 0, subscribers);
    atLeast("--payload", FanoutCell.SMALLEST_PAYLOAD, payloads);
    atLeast("--publishers", 1, List.of(publishers));
    atLeast("--pipeline", 1, List.of(pipeline));
    atLeast("--replicas", 0, List.of(replicas));
    atLeast("--local", replicas + 1, target.local);
    if (rates.stream().anyMatch(rate -> rate < 0) || warmUp < 0 || duration <= 0) {
      throw new BenchException("--rate, --warm-up and --duration are not negative");
    }
    for (int nodes : target.local) {
      if (nodes % (replicas + 1) != 0) {
        throw new BenchException(
            "--local: %d nodes are no primaries with %d replicas each".formatted(nodes, replicas));
      }
    }
  }

  private static void atLeast(String option, int least, List<Integer> values)
      throws BenchException {
    for (int value : values) {
      if (value < least) {
        throw new BenchException(option + ": at least " + least + ", not " + value);
      }
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  private void measureAll(FanoutBench bench, Interruption interruption)
      throws BenchException, InterruptedException {
    if (target.cluster != null) {
      measure(bench, target.cluster, interruption);
    }
    for (int nodes : target.local) {
      for (LocalCluster.Server server : servers) {
        if (interruption.isWanted()) {
          return;
        }
        say("starting %d nodes of %s", nodes, server.name().toLowerCase(Locale.ROOT));
        try (LocalCluster cluster = LocalCluster.start(server, nodes, replicas, FIRST_PORT)) {
          measure(bench, cluster.seed(), interruption);
        }
      }
    }
  }

  private void measure(FanoutBench bench, InetSocketAddress seed, Interruption interruption)
      throws BenchException {
    String password = System.getenv().getOrDefault(CtlTarget.PASSWORD, "");
    List<FanoutCell> cells =
        new FanoutMatrix(
                modes, placements, channels, subscribers, payloads, rates, publishers, pipeline)
            .cells();
    try (TargetCluster cluster = TargetCluster.open(seed, password)) {
      int number = 0;
      for (FanoutCell cell : cells) {
        if (interruption.isWanted()) {
          return;
        }
        number++;
        say(
            "%s, %d nodes: cell %d of %d, %s",
            cluster.server(), cluster.size(), number, cells.size(), cell);
        FanoutResult result = bench.run(cluster, cell);
        if (result == null) {
          say("%s has no such mode", cluster.server());
        } else {
          results.add(result);
        }
      }
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a library more.
  private void say(String format, Object... arguments) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(String.format(Locale.ROOT, format, arguments));
    err.flush();
  }

  private void report(Instant began) throws BenchException {
    PrintWriter out = spec.commandLine().getOut();
    out.print(FanoutTable.forPeople(results));
    out.flush();
    if (folder != null) {
      new FanoutReport(
              FanoutReport.FORMAT,
              began.truncatedTo(ChronoUnit.SECONDS).toString(),
              machine(),
              List.copyOf(results))
          .write(folder);
      say("results are in %s", folder);
    }
  }

  private static String machine() {
    return "%d processors, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.version());
  }
}
