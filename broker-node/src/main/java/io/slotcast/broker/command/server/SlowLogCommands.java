package io.slotcast.broker.command.server;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.command.SlowLog;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;

/** SLOWLOG with its subcommands. */
final class SlowLogCommands {
  private static final CommandSpec SLOWLOG =
      CommandSpec.command("slowlog", -2)
          .doc("server", "2.2.12", "A container for commands about commands that took long.")
          .complexity("Depends on subcommand.")
          .build();

  private SlowLogCommands() {}

  static Command container(SlowLog log) {
    return new ContainerCommand(SLOWLOG, List.of(new Get(log), new Len(log), new Reset(log)));
  }

  /** SLOWLOG GET [count]: the newest entries, ten if no count is given, all with -1. */
  private record Get(SlowLog log) implements Command {
    private static final long USUAL_COUNT = 10;
    private static final CommandSpec SPEC =
        CommandSpec.command("get", -2)
            .flags(ADMIN, LOADING, STALE)
            .tips("request_policy:all_nodes", "nondeterministic_output")
            .doc("server", "2.2.12", "Tells which commands took long, the newest first.")
            .complexity("O(N) where N is the number of entries returned")
            .arguments(Argument.of("count", Type.INTEGER).asOptional())
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      List<SlowLog.Entry> entries = log.newest(count(call));
      RespWriter reply = call.reply();
      reply.array(entries.size());
      for (SlowLog.Entry entry : entries) {
        reply.array(6);
        reply.integer(entry.id());
        reply.integer(entry.seconds());
        reply.integer(entry.micros());
        reply.array(entry.arguments().size());
        entry.arguments().forEach(reply::bulk);
        reply.bulk(entry.address());
        reply.bulk(entry.name());
      }
    }

    private static long count(Call call) {
      if (call.request().count() == 2) {
        return USUAL_COUNT;
      }
      if (call.request().count() > 3) {
        throw new CommandException(
            "ERR unknown subcommand or wrong number of arguments for 'GET'. Try SLOWLOG HELP.");
      }
      boolean valid = call.request().isLong(2) && call.request().toLong(2) >= -1;
      if (!valid) {
        throw new CommandException("ERR count should be greater than or equal to -1");
      }
      long count = call.request().toLong(2);
      return count == -1 ? Long.MAX_VALUE : count;
    }
  }

  /** SLOWLOG LEN: how many entries there are. */
  private record Len(SlowLog log) implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("len", 2)
            .flags(ADMIN, LOADING, STALE)
            .tips("request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output")
            .doc("server", "2.2.12", "Counts the commands that took long.")
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      call.reply().integer(log.length());
    }
  }

  /** SLOWLOG RESET: forgets all entries. */
  private record Reset(SlowLog log) implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("reset", 2)
            .flags(ADMIN, LOADING, STALE)
            .tips("request_policy:all_nodes", "response_policy:all_succeeded")
            .doc("server", "2.2.12", "Forgets which commands took long.")
            .complexity("O(N) where N is the number of entries in the slowlog")
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      log.reset();
      call.reply().ok();
    }
  }
}
