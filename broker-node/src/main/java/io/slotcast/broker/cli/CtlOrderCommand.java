package io.slotcast.broker.cli;

import io.slotcast.broker.ctl.ClusterControl;
import io.slotcast.broker.ctl.CtlException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands of ctl that change something, and wait until it is so. */
abstract class CtlOrderCommand implements Callable<Integer> {
  @Mixin private final CtlTarget target = new CtlTarget();

  @Spec
  @SuppressWarnings("NullAway.Init") // Picocli sets it before call().
  private CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    carryOut(target.open(this::say));
    return ExitCode.OK;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  abstract void carryOut(ClusterControl control) throws CtlException, InterruptedException;

  /** {@code slotcast ctl failover}. */
  @Command(
      name = "failover",
      description = "Makes a replica the primary of its shard.",
      mixinStandardHelpOptions = true)
  static final class Failover extends CtlOrderCommand {
    @Parameters(paramLabel = "REPLICA", description = "Its HOST:PORT, or the beginning of its id.")
    private String replica = "";

    @Option(names = "--force", description = "Without the consent of the primary.")
    private boolean force;

    @Override
    void carryOut(ClusterControl control) throws CtlException, InterruptedException {
      control.failover(replica, force);
    }
  }

  /** {@code slotcast ctl drain}. */
  @Command(
      name = "drain",
      description =
          "Takes a node's slots from it before it is stopped: its replica is promoted, or they"
              + " move to the other primaries.",
      mixinStandardHelpOptions = true)
  static final class Drain extends CtlOrderCommand {
    @Parameters(paramLabel = "NODE", description = "Its HOST:PORT, or the beginning of its id.")
    private String drained = "";

    @Override
    void carryOut(ClusterControl control) throws CtlException, InterruptedException {
      control.drain(drained);
    }
  }

  /** {@code slotcast ctl rebalance}. */
  @Command(
      name = "rebalance",
      description = "Evens out slots, or keys, over the primaries.",
      mixinStandardHelpOptions = true)
  static final class Rebalance extends CtlOrderCommand {
    @Option(names = "--keys", description = "Evens out keys, and not slots.")
    private boolean byKeys;

    @Option(names = "--dry-run", description = "Only tells what would be moved.")
    private boolean dryRun;

    @Override
    void carryOut(ClusterControl control) throws CtlException, InterruptedException {
      control.rebalance(byKeys, dryRun);
    }
  }
}
