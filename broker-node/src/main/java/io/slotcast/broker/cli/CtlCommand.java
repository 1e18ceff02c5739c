package io.slotcast.broker.cli;

import picocli.CommandLine.Command;

/** {@code slotcast ctl}: looks after a running cluster. */
@Command(
    name = "ctl",
    description = "Looks after a running cluster, over the client protocol.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CtlLookCommand.Status.class,
      CtlLookCommand.Nodes.class,
      CtlLookCommand.Slots.class,
      CtlOrderCommand.Failover.class,
      CtlOrderCommand.Drain.class,
      CtlOrderCommand.Rebalance.class
    },
    footer = {
      "",
      "The nodes' password is taken from REDISCLI_AUTH.",
      "Exit codes: 0 done or well; 1 not well, not done, or not in time; 2 wrong arguments."
    })
final class CtlCommand {}
