package io.slotcast.broker.command.memory;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.command.info.ProcessUsage;
import io.slotcast.broker.keyspace.SlotTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** MEMORY DOCTOR, MALLOC-STATS, PURGE, STATS and USAGE. */
public final class MemoryCommands {
  private static final String[] OF_ALL_SHARDS = {
    "nondeterministic_output", "request_policy:all_shards", "response_policy:special"
  };

  private MemoryCommands() {}

  public static Command command(SlotTable slots, ProcessUsage process) {
    CommandSpec container =
        CommandSpec.command("memory", -2)
            .doc("server", "4.0.0", "A container for commands about memory.")
            .complexity("Depends on subcommand.")
            .build();
    MemoryDoctor doctor = new MemoryDoctor(process);
    return new ContainerCommand(
        container,
        List.of(
            new OfNode(
                CommandSpec.command("doctor", 2)
                    .tips(OF_ALL_SHARDS)
                    .doc("server", "4.0.0", "Says in words what is wrong with this node's memory.")
                    .build(),
                call -> call.reply().verbatim("txt", ascii(doctor.report()))),
            new OfNode(
                CommandSpec.command("malloc-stats", 2)
                    .tips(OF_ALL_SHARDS)
                    .doc("server", "4.0.0", "Says that there is no allocator with statistics.")
                    .complexity("Depends on how much memory is allocated, could be slow")
                    .build(),
                call -> call.reply().bulk("Stats not supported for the current allocator")),
            new OfNode(
                CommandSpec.command("purge", 2)
                    .tips("request_policy:all_shards", "response_policy:all_succeeded")
                    .doc("server", "4.0.0", "Collects garbage.")
                    .complexity("Depends on how much memory is allocated, could be slow")
                    .build(),
                MemoryCommands::purge),
            new OfNode(
                CommandSpec.command("stats", 2)
                    .tips(OF_ALL_SHARDS)
                    .doc("server", "4.0.0", "Tells what takes how much memory.")
                    .build(),
                new MemoryStats(slots, process)),
            new MemoryUsage()));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void purge(Call call) {
    System.gc();
    call.reply().ok();
  }

  /** A subcommand about the node as a whole. */
  private record OfNode(CommandSpec spec, Consumer<Call> action) implements Command {
    @Override
    public void run(Call call) {
      action.accept(call);
    }
  }
}
