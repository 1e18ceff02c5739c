package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.migration.MigrationJob;
import io.slotcast.broker.migration.Migrations;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import java.util.List;

/**
 * CLUSTER MIGRATION IMPORT first last [first last …] | STATUS ID id|ALL | CANCEL ID id|ALL: slots
 * of another primary come here, all at once, as in Redis 8.4.
 */
final class Migration implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("migration", -4)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "8.4.0", "Moves hash slots here, and tells of it.")
          .complexity("O(N) where N is the total number of slots.")
          .arguments(
              Argument.oneOf(
                  "subcommand",
                  Argument.block(
                          "import",
                          Argument.of("start-slot", Type.INTEGER),
                          Argument.of("end-slot", Type.INTEGER))
                      .withToken("IMPORT")
                      .asMultiple(),
                  Argument.block(
                          "cancel",
                          Argument.oneOf(
                              "which",
                              Argument.of("task-id", Type.STRING).withToken("ID"),
                              Argument.token("all")))
                      .withToken("CANCEL"),
                  Argument.block(
                          "status",
                          Argument.oneOf(
                              "which",
                              Argument.of("task-id", Type.STRING).withToken("ID"),
                              Argument.token("all")))
                      .withToken("STATUS")))
          .build();

  private final ClusterView cluster;
  private final Migrations migrations;

  Migration(ClusterView cluster, Migrations migrations) {
    this.cluster = cluster;
    this.migrations = migrations;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.is(2, "IMPORT")) {
      call.reply().bulk(begin(SlotArguments.ranges(request, 3, request.count())));
    } else if (request.is(2, "STATUS")) {
      List<MigrationJob> jobs = named(request).reversed();
      call.reply().array(jobs.size());
      jobs.forEach(job -> write(job, call.reply()));
    } else if (request.is(2, "CANCEL")) {
      List<MigrationJob> ongoing =
          named(request).stream().filter(job -> !job.state().isEnd()).toList();
      ongoing.forEach(migrations::cancel);
      call.reply().integer(ongoing.size());
    } else {
      throw CommandException.unknownSubcommand(request, "CLUSTER");
    }
  }

  private String begin(SlotSet slots) {
    if (cluster.isReplica()) {
      throw new CommandException("ERR CLUSTER MIGRATION IMPORT only allowed on master nodes");
    }
    Shard source = cluster.topology().ownerOf(slots.first());
    if (source == null || !source.slots().containsAll(slots)) {
      throw new CommandException("ERR slots are not served by one source node");
    }
    if (source.primary().equals(cluster.self())) {
      throw new CommandException("ERR this node is already the owner of the slot range");
    }
    String refusal = migrations.refusal(slots, source.primary());
    if (refusal != null) {
      throw new CommandException("ERR " + refusal);
    }
    return migrations.importFrom(source.primary(), slots);
  }

  private List<MigrationJob> named(Request request) {
    if (request.is(3, "ALL") && request.count() == 4) {
      return migrations.jobs();
    } else if (request.is(3, "ID") && request.count() == 5) {
      String name = request.text(4);
      return migrations.jobs().stream().filter(job -> job.name().equals(name)).toList();
    }
    throw CommandException.syntax();
  }

  private static void write(MigrationJob job, RespWriter reply) {
    boolean comes = job.direction() == MigrationJob.Direction.IMPORT;
    reply.map(12);
    text(reply, "id", job.name());
    text(reply, "slots", job.slots().toString());
    text(reply, "source", job.source().hex());
    text(reply, "dest", job.target().hex());
    text(reply, "operation", comes ? "import" : "migrate");
    text(reply, "state", state(job.state(), comes));
    text(reply, "last_error", job.message());
    number(reply, "retries", 0);
    number(reply, "create_time", job.createdMillis());
    number(reply, "start_time", job.createdMillis());
    number(reply, "end_time", job.doneMillis());
    number(reply, "write_pause_ms", job.pausedMillis());
  }

  private static String state(MigrationJob.State state, boolean comes) {
    return switch (state) {
      case OPENING -> "connecting";
      case COPYING -> comes ? "accumulate-buffer" : "send-bulk-and-stream";
      case CATCHING_UP -> "send-stream";
      case HANDING_OVER -> "handoff";
      case READY, UNSURE -> "takeover";
      case DONE -> "completed";
      case FAILED -> "failed";
      case CANCELLED -> "canceled";
    };
  }

  private static void text(RespWriter reply, String name, String value) {
    reply.bulk(name);
    reply.bulk(value);
  }

  private static void number(RespWriter reply, String name, long value) {
    reply.bulk(name);
    reply.bulk(Long.toString(value));
  }
}
