package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.migration.MigrationJob;
import io.slotcast.broker.migration.Migrations;
import java.util.List;

/** CLUSTER CANCELSLOTMIGRATIONS: ends the migrations of which this node is the source. */
final class CancelSlotMigrations implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("cancelslotmigrations", 2)
          .flags(ADMIN)
          .doc("cluster", "9.0.0", "Cancels the migrations of hash slots from this node.")
          .complexity("O(N) where N is the number of migrations.")
          .build();

  private final Migrations migrations;

  CancelSlotMigrations(Migrations migrations) {
    this.migrations = migrations;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    List<MigrationJob> ongoing =
        migrations.jobs().stream()
            .filter(job -> job.direction() == MigrationJob.Direction.EXPORT)
            .filter(job -> !job.state().isEnd())
            .toList();
    if (ongoing.isEmpty()) {
      throw new CommandException("ERR No migrations ongoing");
    }
    ongoing.forEach(migrations::cancel);
    call.reply().ok();
  }
}
