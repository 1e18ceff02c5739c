package io.slotcast.broker.cli;

import io.slotcast.broker.bench.FanoutComparison;
import io.slotcast.broker.bench.FanoutReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slotcast bench compare}: two runs side by side. */
@Command(
    name = "compare",
    description = "Puts the results.json of two runs side by side, with ratios.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class BenchCompareCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "A.JSON")
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private Path first;

  @Parameters(index = "1", paramLabel = "B.JSON")
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private Path second;

  @Spec
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    out.print(FanoutComparison.text(FanoutReport.read(first), FanoutReport.read(second)));
    out.flush();
    return ExitCode.OK;
  }
}
