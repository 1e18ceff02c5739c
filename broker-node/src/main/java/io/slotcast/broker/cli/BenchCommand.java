package io.slotcast.broker.cli;

import picocli.CommandLine.Command;

/** {@code slotcast bench}: what messaging costs on a cluster. */
@Command(
    name = "bench",
    description = "Measures any server that speaks Redis Cluster's protocol.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchFanoutCommand.class, BenchCompareCommand.class})
final class BenchCommand {}
