package io.slotcast.broker.cli;

import io.slotcast.broker.StartupException;
import io.slotcast.broker.bench.BenchException;
import io.slotcast.broker.config.ConfigException;
import io.slotcast.broker.ctl.CtlException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The {@code slotcast} command. What keeps it from starting is one line on standard error, and the
 * exit code 2.
 */
@Command(
    name = "slotcast",
    description = "A message broker that speaks Redis Cluster's protocol.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServerCommand.class,
      DevClusterCommand.class,
      BenchCommand.class,
      CtlCommand.class
    })
public final class Main {
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  Main() {}

  public static void main(String[] arguments) {
    if (System.getProperty(LEAK_DETECTION) == null) {
      // Tests find leaks; here the samples that Netty takes would cost a hundredth of the time.
      System.setProperty(LEAK_DETECTION, "disabled");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    for (Class<?> taker : List.of(ServerCommand.class, DevClusterCommand.class)) {
      line.getSubcommands().values().stream()
          .filter(command -> taker.isInstance(command.getCommand()))
          .forEach(Main::takeDirectives);
    }
    line.setParameterExceptionHandler((wrong, arguments) -> refuse(wrong.getCommandLine(), wrong));
    line.setExecutionExceptionHandler(Main::failed);
    return line;
  }

  /** Directives are no options of a command: they reach it as they were given. */
  private static void takeDirectives(CommandLine command) {
    command.setUnmatchedOptionsArePositionalParams(true);
    command.setExpandAtFiles(false);
  }

  private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof ConfigException
        || failure instanceof StartupException
        || failure instanceof BenchException) {
      return refuse(line, failure);
    }
    if (failure instanceof CtlException) {
      refuse(line, failure);
      return ExitCode.FAILED;
    }
    throw failure;
  }

  private static int refuse(CommandLine line, Exception why) {
    PrintWriter err = line.getErr();
    err.println("slotcast: " + why.getMessage());
    err.flush();
    return ExitCode.REFUSED;
  }

  /** From the jar's manifest; there is none while classes are run from a folder. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "slotcast " + (version == null ? "development" : version) + ", Java " + Runtime.version()
      };
    }
  }
}
