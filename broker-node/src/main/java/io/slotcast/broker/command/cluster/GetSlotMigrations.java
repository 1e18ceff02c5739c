package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.migration.MigrationJob;
import io.slotcast.broker.migration.Migrations;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;
import java.util.Locale;

/**
 * CLUSTER GETSLOTMIGRATIONS: the migrations that this node has or had a part in, the newest first,
 * each a map, as in Valkey 9. Times are in seconds.
 */
final class GetSlotMigrations implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("getslotmigrations", 2)
          .flags(ADMIN, LOADING, STALE)
          .doc("cluster", "9.0.0", "Tells of migrations of hash slots, past and present.")
          .complexity("O(N) where N is the number of migrations.")
          .build();

  private static final int MILLIS = 1000;

  private final Migrations migrations;

  GetSlotMigrations(Migrations migrations) {
    this.migrations = migrations;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    List<MigrationJob> jobs = migrations.jobs().reversed();
    call.reply().array(jobs.size());
    jobs.forEach(job -> write(job, call.reply()));
  }

  private static void write(MigrationJob job, RespWriter reply) {
    reply.map(12);
    text(reply, "name", job.name());
    text(reply, "operation", job.direction().name().toUpperCase(Locale.ROOT));
    text(reply, "slot_ranges", ranges(job));
    text(reply, "target_node", job.target().hex());
    text(reply, "source_node", job.source().hex());
    number(reply, "create_time", job.createdMillis() / MILLIS);
    number(reply, "last_update_time", job.updatedMillis() / MILLIS);
    number(reply, "last_ack_time", job.updatedMillis() / MILLIS);
    text(reply, "state", state(job.state()));
    text(reply, "message", job.message());
    number(reply, "cow_size", 0);
    number(reply, "remaining_repl_size", 0);
  }

  /** Each range with both ends, as Valkey has it even for one slot. */
  private static String ranges(MigrationJob job) {
    StringBuilder text = new StringBuilder();
    job.slots()
        .ranges()
        .forEach(
            range ->
                text.append(text.isEmpty() ? "" : " ")
                    .append(range.first())
                    .append('-')
                    .append(range.last()));
    return text.toString();
  }

  private static String state(MigrationJob.State state) {
    return switch (state) {
      case OPENING -> "connecting";
      case COPYING -> "snapshotting";
      case CATCHING_UP -> "replicating";
      case HANDING_OVER, READY, UNSURE -> "failover-paused";
      case DONE -> "success";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  private static void text(RespWriter reply, String name, String value) {
    reply.bulk(name);
    reply.bulk(value);
  }

  private static void number(RespWriter reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }
}
